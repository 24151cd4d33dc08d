#!/bin/sh
# Lints the contract and compares it with the one of a git ref: contract.sh REF. Run by the Maven profile `contract`.
set -eu
ref=$1
work=target/contract
buf=$work/npm/node_modules/.bin/buf
[ -x "$buf" ] || npm install --silent --no-save --prefix "$work/npm" @bufbuild/buf@1.75.0
"$buf" lint
rm -rf "$work/before"
mkdir -p "$work/before/target/contract"
git -C .. archive "$ref" proto/src/main/proto | tar -x -C "$work/before" --strip-components=1
cp buf.yaml "$work/before/"
cp -r "$work/googleapis" "$work/before/target/contract/"
"$buf" breaking --against "$work/before"
echo "contract: linted, and nothing breaks clients of $ref"
