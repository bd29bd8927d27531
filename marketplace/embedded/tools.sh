#!/bin/sh
# Debian packages that pip cannot bring: a browser for the journeys, RabbitMQ as the second broker, wrk for the
# benches. Starts nothing.
set -eu

have() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }

# A real S3 server for the tests of photos in a bucket; it comes as a Go module.
if ! have versitygw && command -v go >/dev/null; then
    echo "  tools      building versitygw (minutes, once)"
    GOBIN=/usr/local/bin go install github.com/versity/versitygw/cmd/versitygw@v1.8.0 ||
        echo "versitygw could not be built; its tests are skipped." >&2
fi

wanted=""
have chromium || wanted="$wanted chromium"
have rabbitmq-server || wanted="$wanted rabbitmq-server"
have wrk || wanted="$wanted wrk"
/sbin/ldconfig -p | grep -q 'libcurl\.so\.4 ' || wanted="$wanted libcurl4" # mongod is linked with it
python3 -c 'import ensurepip, venv' 2>/dev/null || wanted="$wanted python3-venv"
if [ -z "$wanted" ]; then
    echo "  tools      all there: chromium, rabbitmq-server, wrk"
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "No apt-get here: install$wanted by this system's own means." >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "make tools installs Debian packages and needs root: sudo apt-get install$wanted" >&2
    exit 1
fi

echo "  tools      installing$wanted"
# Debian starts a server as soon as it is installed, unless a policy says no (101): ours start on ports of their own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $wanted >/dev/null
echo "  tools      installed$wanted"
