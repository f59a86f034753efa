#!/usr/bin/env bash
# Made modern.p12, legacy.p12 and empty.p12 with OpenSSL 3.0: a client's P-256 key, its certificate and its issuer's, good
# from 2020 to 2119, under the password "open sésame"; the last one under an empty password. Keys are thrown away.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$(mktemp -d)"
touch index.txt
cat > ca.cnf <<CONF
[ca]
default_ca = it
[it]
database = index.txt
new_certs_dir = .
default_md = sha256
policy = any
rand_serial = yes
x509_extensions = three
default_startdate = 20200101000000Z
default_enddate = 21190101000000Z
[three]
subjectKeyIdentifier = hash
[any]
commonName = supplied
CONF
for who in authority client; do
    openssl ecparam -name prime256v1 -genkey -noout -out $who.key
    openssl req -new -key $who.key -subj "/CN=$who.vestibule.example" -out $who.csr
done
openssl ca -batch -notext -config ca.cnf -selfsign -keyfile authority.key -in authority.csr -out authority.pem
openssl ca -batch -notext -config ca.cnf -keyfile authority.key -cert authority.pem -in client.csr -out client.pem
make() { openssl pkcs12 -export -inkey client.key -in client.pem -certfile authority.pem "$@"; }
make -passout "pass:open sésame" -out "$here/modern.p12"
make -passout "pass:open sésame" -legacy -out "$here/legacy.p12"
make -passout pass: -out "$here/empty.p12"
