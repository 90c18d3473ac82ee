(function (K) {
  "use strict";
})(window.Kapuas);
