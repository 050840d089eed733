// A whole client in 60 lines: `node client.mjs ws://localhost:8000/ws K7QFWXY Mina` plays a seat at random to the end.
// It knows no rule of the game: what may be sent stands in `hand.legal`. It needs nothing but Node 22, or a browser.
const [url, room, name] = process.argv.slice(2);
if (!name || !globalThis.WebSocket) throw "With Node 22 or newer say where, which room and who: node client.mjs ws://localhost:8000/ws K7QFWXY Mina";
const upTo = (n) => Math.floor(Math.random() * (n + 1)), oneOf = (list) => list[upTo(list.length - 1)];

function merge(tree, patch) { // a JSON Merge Patch, RFC 7396
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete tree[key];
    else tree[key] = typeof value === "object" && !Array.isArray(value) ? merge(tree[key] ?? {}, value) : value;
  }
  return tree;
}

function fit(numbers, schemas, total) { // move some numbers, step by step, until their sum is within its bounds
  const sum = () => Object.values(numbers).reduce((one, other) => one + other, 0);
  while (sum() < total.min || sum() > total.max) {
    const field = oneOf(Object.keys(numbers)), next = numbers[field] + (sum() < total.min ? 1 : -1);
    if (schemas[field].minimum <= next && next <= schemas[field].maximum) numbers[field] = next;
  }
  return numbers;
}

function value(schema, choices) {
  if (schema.$ref) return value(choices[schema.$ref.split("/").at(-1)], choices);
  if (schema.enum) return oneOf(schema.enum);
  if (schema.type === "integer") return schema.minimum + upTo(schema.maximum - schema.minimum);
  if (schema.type === "boolean") return Math.random() < 0.5;
  const list = [...Array(schema.maxItems).keys()]; // a list: of numbers with a given sum, or of different choices
  if (!schema["x-sum"]) return [...new Set(list.slice(0, upTo(list.length)).map(() => value(schema.items, choices)))];
  const least = Object.fromEntries(list.map((place) => [place, schema.items.minimum]));
  return Object.values(fit(least, list.map(() => schema.items), schema["x-sum"]));
}

function argumentsOf({ properties, required, "x-sum": sums = [] }, choices) {
  const needed = new Set([...required, ...sums.flatMap((total) => total.fields)]);
  const some = Object.keys(properties).filter((field) => needed.has(field) || Math.random() < 0.5);
  const args = Object.fromEntries(some.map((field) => [field, value(properties[field], choices)]));
  for (const total of sums) Object.assign(args, fit(Object.fromEntries(total.fields.map((field) => [field, args[field]])), properties, total));
  return args;
}

let table, hand, me, token, epoch, command, waiting, over = false; const led = []; // `command` has no answer yet
function connect(hello) {
  const socket = new WebSocket(led.pop() ?? url, "makersphere.v1"), send = (frame) => socket.send(JSON.stringify(frame));
  socket.onopen = () => [hello, command].forEach((frame) => frame && send(frame)); // again, by its id it counts once
  socket.onclose = () => over || setTimeout(connect, 500, hello); // once more whenever the line is cut
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.type === "error") { if (frame.to) return led.push(frame.to); throw new Error(frame.message); } // once, to who has the room
    if (frame.type === "welcome") me = frame.you.seat, token = frame.seat_token ?? token, epoch = frame.epoch, waiting = !!command, frame.resumed || (table = {}, hand = {});
    if (frame.type === "result") command = undefined, waiting = false;
    else if (!frame.resumed) hello = { type: "resume", room, seat_token: token, epoch, seq: frame.seq, mark: frame.mark ?? "" }; // what was seen
    merge(table, frame.table ?? {}), merge(hand, frame.hand ?? {});
    if ((over = table.game.status === "over")) console.log("over", table.score?.[me]?.final), socket.close();
    if (waiting || table.game.status !== "running" || (table.seat[me].ready && !hand.seat[me].asked)) return;
    waiting = setTimeout(act, (frame.error?.retry_after ?? 0.02) * 1000);
  };
  const act = () => {
    const { season, phase } = table.game, [name, form] = oneOf(Object.entries(hand.legal ?? {})) ?? [];
    const args = form && argumentsOf(form, hand.choices ?? {});
    if (form && socket.readyState === WebSocket.OPEN) send(command = { type: "command", id: crypto.randomUUID(), name, args, at: { season, phase } });
  };
}

connect({ type: "join", room, name, id: crypto.randomUUID(), program: true });
