<#macro emailLayout>
<!DOCTYPE html>
<html lang="${locale.toLanguageTag()}" dir="${(ltr)?then('ltr','rtl')}">
<head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light">
</head>
<body style="margin:0;padding:24px 12px;background:#ece7e5;color:#241a2b;font:16px/24px Asap,'Segoe UI',Helvetica,Arial,sans-serif">
    <div style="max-width:480px;margin:0 auto;padding:32px;background:#fffdfb;border:1px solid #dae2e9;border-radius:14px">
        <p style="margin:0 0 20px;color:#a8185f;font:700 24px/30px Piazzolla,Georgia,serif">Recado</p>
        <#nested>
    </div>
</body>
</html>
</#macro>
