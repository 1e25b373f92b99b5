<#macro content>
<#if realm.internationalizationEnabled && locale.supported?size gt 1>
<nav class="rc-languages" aria-label="${msg("languages")}">
  <#list ["es", "en", "pt-BR"] as tag>
    <#list locale.supported?filter(l -> l.languageTag == tag) as l>
      <#if l.languageTag == locale.currentLanguageTag>
        <b lang="${l.languageTag}" aria-current="true">${msg("recadoLanguage_" + l.languageTag?replace("-", "_"))}</b>
      <#else>
        <a lang="${l.languageTag}" href="${l.url}">${msg("recadoLanguage_" + l.languageTag?replace("-", "_"))}</a>
      </#if>
    </#list>
  </#list>
</nav>
</#if>
<div class="rc-desk">
  <div class="rc-pad" aria-hidden="true">
    <p>${msg("recadoNote1")}<br>${msg("recadoNote2")}<br>${msg("recadoNote3")}</p>
    <small>${msg("recadoNoteFrom")}</small>
  </div>
  <p class="rc-tagline">${msg("recadoTagline")}</p>
</div>
</#macro>
