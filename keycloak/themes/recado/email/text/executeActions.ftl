<#ftl output_format="plainText">
${(user.attributes.recadoInvitation)!msg("recadoAccount")}

${msg("recadoChoosePassword")}:

${link}

${msg("recadoUntil", linkExpirationFormatter(linkExpiration))}
