# A whole client in 60 lines: `python client.py ws://localhost:8000/ws K7QFWXY Mina` plays a seat at random to the end.
# It knows no rule of the game: what may be sent stands in `hand.legal`. It needs the package `websockets`.

import asyncio, contextlib, json, random, signal, sys, uuid
from websockets import ConnectionClosed, InvalidHandshake, connect


def merge(tree, patch):  # a JSON Merge Patch, RFC 7396
    for key, value in patch.items():
        tree[key] = merge(tree.get(key, {}), value) if isinstance(value, dict) else value
    return {key: value for key, value in tree.items() if value is not None}


def fit(numbers, schemas, total):  # move some numbers, step by step, until their sum is within its bounds
    while not total["min"] <= (now := sum(numbers.values())) <= total["max"]:
        name, step = random.choice([*numbers]), 1 if now < total["min"] else -1
        numbers[name] = min(max(numbers[name] + step, schemas[name]["minimum"]), schemas[name]["maximum"])
    return numbers


def value(schema, choices):
    schema = choices[schema["$ref"].split("/")[-1]] if "$ref" in schema else schema
    if schema.get("type") != "array":
        numbers = range(schema.get("minimum", 0), schema.get("maximum", 0) + 1)
        return random.choice(schema.get("enum") or ([False, True] if schema["type"] == "boolean" else numbers))
    one, n, total = schema["items"], schema["maxItems"], schema.get("x-sum")  # a list of different choices, or with
    some = {value(one, choices): 0 for _ in range(random.randint(0, n))}  # `x-sum` of numbers that have that sum
    return [*(fit(dict.fromkeys(range(n), one["minimum"]), [one] * n, total).values() if total else some)]


def fill(form, choices):
    fields, sums = form["properties"], form.get("x-sum", [])
    needed = {*form["required"]}.union(*(total["fields"] for total in sums))
    args = {name: value(fields[name], choices) for name in fields if name in needed or random.random() < 0.5}
    for total in sums:
        args |= fit({name: args[name] for name in total["fields"]}, fields, total)
    return args


async def main(url, room, name):
    sent, key, table, hand, led = {}, "", {}, {}, []  # `led`: to where the room is, once; then where this began
    hello = {"type": "join", "room": room, "name": name, "id": uuid.uuid4().hex, "program": True}
    while not await asyncio.sleep(0.1):  # once more whenever the line is cut
        with contextlib.suppress(ConnectionClosed, InvalidHandshake, OSError):
            async with connect((led or [url]).pop(), subprotocols=["makersphere.v1"]) as socket:
                for frame in filter(None, (hello, sent)):  # what has no answer, again: by its id it counts once
                    await socket.send(json.dumps(frame))
                async for text in socket:
                    frame = json.loads(text)
                    if frame["type"] == "error":
                        led += [frame.get("to") or sys.exit(frame["message"])]  # another server has the room
                        break
                    if frame["type"] == "welcome":
                        me, key, epoch = str(frame["you"]["seat"]), frame.get("seat_token") or key, frame["epoch"]
                        table, hand = (table, hand) if frame.get("resumed") else ({}, {})
                    sent = {} if frame["type"] == "result" else sent
                    if frame["type"] != "result" and not frame.get("resumed"):  # what is quoted after a cut
                        seen = {"epoch": epoch, "seq": frame["seq"], "mark": frame.get("mark", "")}
                        hello = {"type": "resume", "room": room, "seat_token": key, **seen}
                    table, hand = merge(table, frame.get("table", {})), merge(hand, frame.get("hand", {}))
                    if (game := table["game"])["status"] == "over":
                        return print("over", table.get("score", {}).get(me, {}).get("final"))
                    if sent or game["status"] == "lobby" or (hand["seat"][me]["asked"] < table["seat"][me]["ready"]):
                        continue
                    await asyncio.sleep(frame.get("error", {}).get("retry_after", 0.02))
                    go, form = random.choice([*hand["legal"].items()])
                    do = {"args": fill(form, hand.get("choices", {})), "at": {k: game[k] for k in ("season", "phase")}}
                    await socket.send(json.dumps(sent := {"type": "command", "id": uuid.uuid4().hex, "name": go, **do}))


len(sys.argv) == 4 or sys.exit("Say where, which room and who: python client.py ws://localhost:8000/ws K7QFWXY Mina")
signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it, without a word
asyncio.run(main(*sys.argv[1:]))
