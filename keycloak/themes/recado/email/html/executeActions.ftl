<#-- The first mail of an account. Recado says by an attribute of the account who invites it and to what. -->
<#import "template.ftl" as layout>
<@layout.emailLayout>
<#list ((user.attributes.recadoInvitation)!msg("recadoAccount"))?split("\n\n") as paragraph>
<p style="margin:0 0 16px">${paragraph}</p>
</#list>
<p style="margin:24px 0"><a href="${link}" style="display:inline-block;padding:12px 20px;background:#a8185f;color:#ffffff;border-radius:8px;font-weight:600;text-decoration:none">${msg("recadoChoosePassword")}</a></p>
<p style="margin:0;color:#574b5e;font-size:14px;line-height:20px">${msg("recadoUntil", linkExpirationFormatter(linkExpiration))}</p>
</@layout.emailLayout>
