# A ready button with a phase lamp: `python device.py localhost:1883 button-7 K7QFWXY`, the code only the first time.
# Enter is the button: ready, and not ready again. It needs the package `paho-mqtt`; a real button has a pin instead.

import json, pathlib, signal, sys, uuid
import paho.mqtt.client as mqtt
from paho.mqtt.properties import PacketTypes, Properties

if len(sys.argv) < 3 or sys.argv[1].count(":") != 1:
    sys.exit("usage: python device.py HOST:PORT NAME [CODE]")
host, port, name, code = *sys.argv[1].split(":"), sys.argv[2], (sys.argv[3:] or [""])[0]
TOP, MINE = "makersphere/v1", f"makersphere/v1/devices/{name}"
kept = pathlib.Path(f"{name}.json")  # what pairing gave: token and room
me = json.loads(kept.read_text()) if kept.exists() else {}
phase, seat, waiting = {}, {"ready": False}, {}  # waiting: what has no answer yet, by id


def ask(what, **fields):
    id = fields.setdefault("id", uuid.uuid4().hex)
    waiting[id] = what, fields
    properties = Properties(PacketTypes.PUBLISH)
    properties.ResponseTopic, properties.CorrelationData = f"{MINE}/answer", id.encode()
    client.publish(f"{MINE}/{what}", json.dumps(fields), 1, properties=properties)


def connected(client, *_):
    client.subscribe([(f"{MINE}/answer", 1), (f"{TOP}/rooms/+/state/phase", 1)])
    for what, fields in [*waiting.values()] or [("pair", {"code": code})] * bool(code and not me):
        ask(what, **fields)  # what got no answer goes again: the same id counts once


def heard(client, _, message):
    said = json.loads(message.payload or b"{}")
    if message.topic.endswith("/phase"):
        if message.topic == f"{TOP}/rooms/{me.get('room')}/state/phase" and said and said != phase:
            seat["ready"] &= all(said[key] == phase.get(key) for key in ("season", "phase"))  # in each phase anew
            phase.update(said)
            print("lamp", phase["phase"], flush=True)
    elif (asked := waiting.pop(said["id"], ("", {})))[0] == "pair" and said["ok"]:
        me.update(said["data"])
        kept.write_text(json.dumps(me))
        print("paired", me["thing"], me["seat"], flush=True)
        client.subscribe(f"{TOP}/rooms/{me['room']}/state/phase", 1)  # once more: what stands there comes again
    else:
        seat.update(asked[1].get("args", {}) if said["ok"] else {})  # what is refused has changed nothing
        print("ok" if said["ok"] else said["error"]["message"], flush=True)


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, name, protocol=mqtt.MQTTv5)
client.on_connect, client.on_message = connected, heard
client.connect(host, int(port))
client.loop_start()
signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it, without a word
for _ in filter(lambda _: phase, sys.stdin):  # before the lamp has lit there is nothing to be ready for
    at = {key: phase[key] for key in ("season", "phase")}
    ask("command", token=me.get("token", ""), name="ready", args={"ready": not seat["ready"]}, at=at)
