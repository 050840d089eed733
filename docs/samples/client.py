# A whole client in 60 lines: `python client.py ws://localhost:8000/ws K7QFWXY Mina` plays a seat at random to the end.
# It knows no rule of the game: what may be sent stands in `hand.legal`. It needs the package `websockets`.

import asyncio, json, random, signal, sys, uuid
from websockets.asyncio.client import connect


def merge(tree, patch):  # a JSON Merge Patch, RFC 7396
    for key, value in patch.items():
        tree[key] = merge(tree.get(key, {}), value) if isinstance(value, dict) else value
    return {key: value for key, value in tree.items() if value is not None}


def fit(numbers, schemas, total):  # move some numbers, step by step, until their sum is within its bounds
    while not total["min"] <= (now := sum(numbers.values())) <= total["max"]:
        name, step = random.choice([*numbers]), 1 if now < total["min"] else -1
        if schemas[name]["minimum"] <= numbers[name] + step <= schemas[name]["maximum"]:
            numbers[name] += step
    return numbers


def value(schema, choices):
    schema = choices[schema["$ref"].split("/")[-1]] if "$ref" in schema else schema
    if "enum" in schema:
        return random.choice(schema["enum"])
    if schema["type"] in ("integer", "boolean"):
        return random.randint(schema["minimum"], schema["maximum"]) if "minimum" in schema else random.random() < 0.5
    items, n = schema["items"], schema["maxItems"]  # a list: of numbers with a given sum, or of different choices
    if "x-sum" in schema:
        return [*fit(dict.fromkeys(range(n), items["minimum"]), [items] * n, schema["x-sum"]).values()]
    return list({value(items, choices): 0 for _ in range(random.randint(0, n))})


def arguments(form, choices):
    fields, sums = form["properties"], form.get("x-sum", [])
    needed = {*form["required"]}.union(*(total["fields"] for total in sums))
    args = {name: value(fields[name], choices) for name in fields if name in needed or random.random() < 0.5}
    for total in sums:
        args |= fit({name: args[name] for name in total["fields"]}, fields, total)
    return args


async def main(url, room, name):
    hello = {"type": "join", "room": room, "name": name, "id": uuid.uuid4().hex}
    async for socket in connect(url, subprotocols=["makersphere.v1"]):  # once more whenever the line is cut
        await socket.send(json.dumps(hello))
        table, hand, waiting = {}, {}, True
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "error":
                sys.exit(frame["message"])
            if frame["type"] == "welcome":
                me, waiting = str(frame["you"]["seat"]), False
                hello = {"type": "resume", "room": room, "seat_token": frame.get("seat_token") or hello["seat_token"]}
            waiting = waiting and frame["type"] != "result"
            table, hand = merge(table, frame.get("table", {})), merge(hand, frame.get("hand", {}))
            game = table["game"]
            if game["status"] == "over":
                return print("over", table.get("score", {}).get(me, {}).get("final"))
            done = game["status"] == "running" and table["seat"][me]["ready"] and not hand["seat"][me]["asked"]
            if waiting or done or game["status"] != "running":
                continue
            await asyncio.sleep(frame.get("error", {}).get("retry_after", 0.02))
            move, form = random.choice([*hand["legal"].items()])
            args, at = arguments(form, hand.get("choices", {})), {key: game[key] for key in ("season", "phase")}
            waiting, command = True, {"type": "command", "id": uuid.uuid4().hex, "name": move, "args": args, "at": at}
            await socket.send(json.dumps(command))


if len(sys.argv) != 4:
    sys.exit("Say where, which room and who: python client.py ws://localhost:8000/ws K7QFWXY Mina")
signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it, without a word
asyncio.run(main(*sys.argv[1:]))
