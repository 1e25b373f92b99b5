#!/bin/sh
# Fills nginx.conf in and becomes nginx. The identity server's origin is the only thing an installation decides.
set -eu
temporary=${RECADO_CONSOLE_TEMPORARY:-/tmp}
origin=$(printf '%s' "${RECADO_OIDC_ISSUER:-}" | sed -n 's#^\(https\{0,1\}://[A-Za-z0-9.:-]*\)/.*#\1#p')
if [ -z "$origin" ]; then
  echo "RECADO_OIDC_ISSUER must be the realm's address, e.g. https://id.example.com/realms/recado" >&2
  exit 1
fi
sed -e "s#@IDENTITY@#$origin#g" \
  -e "s#@TEMPORARY@#$temporary#g" \
  -e "s#@PORT@#${RECADO_CONSOLE_PORT:-8080}#g" \
  -e "s#@ROOT@#${RECADO_CONSOLE_ROOT:-/srv/recado/console}#g" \
  -e "s#@TYPES@#${RECADO_CONSOLE_TYPES:-/etc/nginx/mime.types}#g" \
  "$(dirname "$0")/nginx.conf" >"$temporary/nginx.conf"
exec nginx -c "$temporary/nginx.conf" -g 'daemon off;'
