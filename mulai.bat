@echo off
chcp 65001 >nul
set PYTHONUTF8=1
cd /d "%~dp0"
for %%v in (3.13 3.12 3.14 3.11) do (
    py -%%v -c "" >nul 2>nul && (
        py -%%v app.py %*
        goto selesai
    )
)
python -c "" >nul 2>nul && (
    python app.py %*
    goto selesai
)
echo Python belum terpasang di komputer ini.
echo Pasang Python 3.13 dari https://www.python.org/downloads/ lalu buka mulai.bat lagi.
:selesai
pause
