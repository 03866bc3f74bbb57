#!/bin/sh
# Called by Maven. `build.sh package` builds the studio into target/classes/studio, from where the server serves it;
# `build.sh test` checks types and runs the tests. What has not changed since the last time is not done again.
set -eu
cd "$(dirname "$0")"

if ! { command -v node && command -v npm; } >/dev/null; then
    echo "The studio is built with Node.js 20.19 or later and its npm, which are not on the PATH; or leave it out with -Dquick." >&2
    exit 1
fi

sum() { # one number for the names and contents of these files and folders
    find "$@" -type f -exec cksum {} + 2>/dev/null | sort | cksum
}

install_packages() {
    wanted=$(sum package.json package-lock.json)
    [ "$(cat node_modules/.installed 2>/dev/null)" = "$wanted" ] && return
    npm ci --no-progress --loglevel=error
    echo "$wanted" >node_modules/.installed
}

case ${1:-} in
    package)
        inputs="src public scripts index.html package.json package-lock.json build.sh ../grammar $(ls ./*.config.* tsconfig*.json)"
        [ "$(cat target/packaged 2>/dev/null)" = "$(sum $inputs)" ] && [ -f target/classes/studio/index.html ] && exit 0
        install_packages
        rm -rf target/classes/studio
        npm run --silent build -- --outDir target/classes/studio --logLevel warn
        mkdir -p target
        sum $inputs >target/packaged # after the build, which generates the lexer into src
        ;;
    test)
        install_packages
        npm run --silent check
        npm test --silent -- --reporter=default --reporter=junit --outputFile=target/surefire-reports/TEST-studio.xml
        ;;
    *)
        echo "build.sh package|test" >&2
        exit 2
        ;;
esac
