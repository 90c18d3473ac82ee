"""A trainee who knows the answers types, ticks, chooses and moves them in, by finger or by keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

Fields = Mapping[str, str] | str


def place_of(page: Page) -> int:
    """Return the position in the form of the question in front."""
    name = page.locator("#pilihan input, #pilihan select").first.get_attribute("name") or ""
    return int(name.replace("pilihan", "").replace("q-", "").split(".")[0])


def answer_with_fingers(page: Page, root: Locator, answer: Fields) -> None:
    """Give an answer in the fields of one question."""
    if isinstance(answer, str):
        root.locator(f"input[value='{answer}']").click()
        return
    if root.locator(".moves").count():
        order(page, root, answer, by_keyboard=False)
        return
    for field, value in answer.items():
        control = named(root, field)
        if control.first.get_attribute("type") in ("radio", "checkbox"):
            root.locator(f"[name$='.{field}'][value='{value}']").click()
        elif control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def answer_with_keys(page: Page, root: Locator, answer: Fields) -> None:
    """Give an answer without a pointer: Tab leads to a field, space and arrows and letters do the rest."""
    if isinstance(answer, str):
        press_on(page, root.locator(f"input[value='{answer}']"), "Space")
        return
    if root.locator(".moves").count():
        order(page, root, answer, by_keyboard=True)
        return
    for field, value in answer.items():
        control = named(root, field)
        if control.first.get_attribute("type") in ("radio", "checkbox"):
            press_on(page, root.locator(f"[name$='.{field}'][value='{value}']"), "Space")
        elif control.evaluate("node => node.tagName") == "SELECT":
            control.focus()
            for _ in range(
                control.evaluate("(node, v) => Array.from(node.options).findIndex(o => o.value === v)", value)
            ):
                page.keyboard.press("ArrowDown")
        else:
            control.focus()
            page.keyboard.type(value)


def named(root: Locator, field: str) -> Locator:
    return root.locator(f"[name$='.{field}']")


def press_on(page: Page, control: Locator, key: str) -> None:
    control.focus()
    page.keyboard.press(key)


def order(page: Page, root: Locator, ranks: Mapping[str, str], *, by_keyboard: bool) -> None:
    """Move each step up to its place, the first one first."""
    for step, rank in sorted(ranks.items(), key=lambda pair: pair[1]):
        line = root.locator("li").filter(has=page.locator(f"select[name$='.{step}']"))
        up = line.locator("[data-move='-1']")
        ahead = line.evaluate("node => Array.from(node.parentNode.children).indexOf(node)")
        for _ in range(ahead + 1 - int(rank)):
            press_on(page, up, "Enter") if by_keyboard else up.click()
            expect(up).to_be_focused()
