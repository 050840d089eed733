// A whole client in under 120 lines: `java Client.java ws://localhost:8000/ws K7QFWXY Mina` plays a seat at random to the
// end. It knows no rule of the game: what may be sent stands in `hand.legal`. It needs nothing but a JDK from 17 on.
import java.net.URI;
import java.net.http.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;

@SuppressWarnings("unchecked")
class Client implements WebSocket.Listener {
  static final Random RANDOM = new Random();
  final BlockingQueue<String> heard = new LinkedBlockingQueue<>(); // whole frames; "" once the line is cut
  final StringBuilder begun = new StringBuilder();

  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    begun.append(part);
    if (last) { heard.add(begun.toString()); begun.setLength(0); }
    socket.request(1); return null; }
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) { heard.add(""); return null; }
  public void onError(WebSocket socket, Throwable error) { heard.add(""); }

  // -- JSON: maps, lists, texts, whole numbers (the game has no others), yes and no
  static class Json {
    final String text; int at; Json(String text) { this.text = text; }
    char next() { while (" \n\r\t,:".indexOf(text.charAt(at)) >= 0) at++; return text.charAt(at); }
    Object value() {
      if (next() == '"') return quoted();
      if (next() == '{') { var found = tree(); for (at++; next() != '}';) found.put((String) value(), value()); at++; return found; }
      if (next() == '[') { var found = new ArrayList<Object>(); for (at++; next() != ']';) found.add(value()); at++; return found; }
      int from = at; // a word or a number
      while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) at++;
      String word = text.substring(from, at);
      return word.equals("null") ? null : word.matches("true|false") ? (Object) Boolean.valueOf(word) : (Object) Double.valueOf(word).longValue();
    }
    String quoted() {
      var found = new StringBuilder();
      for (at++; text.charAt(at) != '"'; at++) {
        if (text.charAt(at) != '\\') found.append(text.charAt(at));
        else if (text.charAt(++at) == 'u') { found.append((char) Integer.parseInt(text.substring(at + 1, at += 5), 16)); at--; }
        else found.append("\b\f\n\r\t\"\\/".charAt("bfnrt\"\\/".indexOf(text.charAt(at))));
      }
      at++; return found.toString(); } }
  static String written(Object value) {
    if (value instanceof Map<?, ?> map) return map.entrySet().stream().map(e -> written(e.getKey()) + ":" + written(e.getValue())).collect(Collectors.joining(",", "{", "}"));
    if (value instanceof List<?> list) return list.stream().map(Client::written).collect(Collectors.joining(",", "[", "]"));
    return value instanceof String text ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : String.valueOf(value); }
  static Map<String, Object> tree(Object... pairs) {
    var found = new LinkedHashMap<String, Object>();
    for (int each = 0; each < pairs.length; each += 2) found.put((String) pairs[each], pairs[each + 1]);
    return found; }
  static Map<String, Object> in(Map<String, Object> tree, String key) { return (Map<String, Object>) tree.getOrDefault(key, tree()); }
  static <T> List<T> list(Map<String, Object> tree, String key) { return (List<T>) tree.getOrDefault(key, List.of()); }
  static <T> T oneOf(List<T> options) { return options.get(RANDOM.nextInt(options.size())); }
  static long number(Object value) { return value == null ? 0 : (Long) value; }

  static void merge(Map<String, Object> tree, Map<String, Object> patch) { // a JSON Merge Patch, RFC 7396
    patch.forEach((key, value) -> {
      if (value == null) tree.remove(key);
      else if (!(value instanceof Map)) tree.put(key, value);
      else { if (!(tree.get(key) instanceof Map)) tree.put(key, tree()); merge(in(tree, key), in(patch, key)); }
    }); }

  // -- what a form allows, at random
  static void fit(Map<String, Object> numbers, List<String> fields, Map<String, Object> schemas, Map<String, Object> total) {
    for (long now; (now = fields.stream().mapToLong(field -> number(numbers.get(field))).sum()) < number(total.get("min")) || now > number(total.get("max"));) {
      String field = oneOf(fields); // move some numbers, step by step, until their sum is within its bounds
      long moved = number(numbers.get(field)) + (now < number(total.get("min")) ? 1 : -1);
      numbers.put(field, Math.min(Math.max(moved, number(in(schemas, field).get("minimum"))), number(in(schemas, field).get("maximum"))));
    } }
  static Object value(Map<String, Object> schema, Map<String, Object> choices) {
    if (schema.get("$ref") instanceof String ref) return value(in(choices, ref.substring(ref.lastIndexOf('/') + 1)), choices);
    if (schema.containsKey("enum")) return oneOf(list(schema, "enum"));
    if (schema.get("type").equals("boolean")) return RANDOM.nextBoolean();
    if (schema.get("type").equals("integer")) return RANDOM.nextLong(number(schema.get("minimum")), number(schema.get("maximum")) + 1);
    List<String> places = IntStream.range(0, (int) number(schema.get("maxItems"))).mapToObj(String::valueOf).collect(Collectors.toList());
    Map<String, Object> each = in(schema, "items"), all = tree(), numbers = tree();
    if (!schema.containsKey("x-sum")) // a list of different choices, or with `x-sum` of numbers that have that sum
      return places.stream().limit(RANDOM.nextInt(places.size() + 1)).map(place -> value(each, choices)).distinct().collect(Collectors.toList());
    for (String place : places) { all.put(place, each); numbers.put(place, each.get("minimum")); }
    fit(numbers, places, all, in(schema, "x-sum"));
    return new ArrayList<>(numbers.values()); }
  static Map<String, Object> fill(Map<String, Object> form, Map<String, Object> choices) {
    Map<String, Object> fields = in(form, "properties"), args = tree(); List<Map<String, Object>> sums = list(form, "x-sum");
    var needed = new HashSet<String>(list(form, "required"));
    for (var total : sums) needed.addAll(list(total, "fields"));
    for (String field : fields.keySet()) if (needed.contains(field) || RANDOM.nextBoolean()) args.put(field, value(in(fields, field), choices));
    for (var total : sums) fit(args, list(total, "fields"), fields, total);
    return args; }

  // -- the conversation
  public static void main(String[] said) throws Exception {
    if (said.length != 3) { System.err.println("Say where, which room and who: java Client.java ws://localhost:8000/ws K7QFWXY Mina"); System.exit(1); }
    String to = said[0], me = "", key = ""; long epoch = 0;
    var hello = tree("type", "join", "room", said[1], "name", said[2], "id", UUID.randomUUID().toString(), "program", true);
    Map<String, Object> sent = null, table = tree(), hand = tree(); // `sent` has no answer yet
    for (var http = HttpClient.newHttpClient();; Thread.sleep(300)) { // once more whenever the line is cut
      var line = new Client();
      try {
        var socket = http.newWebSocketBuilder().subprotocols("makersphere.v1").buildAsync(URI.create(to), line).join();
        to = said[0]; // another address is for once
        for (var frame : Arrays.asList(hello, sent)) if (frame != null) socket.sendText(written(frame), true).join(); // again: by its id it counts once
        for (String text; !(text = line.heard.take()).isEmpty();) {
          var frame = (Map<String, Object>) new Json(text).value();
          boolean resumed = Boolean.TRUE.equals(frame.get("resumed"));
          if (frame.containsKey("to")) { to = (String) frame.get("to"); break; } // another server has the room
          if (frame.get("type").equals("error")) { System.err.println(frame.get("message")); System.exit(1); }
          if (frame.get("type").equals("welcome")) {
            me = String.valueOf(in(frame, "you").get("seat")); key = (String) frame.getOrDefault("seat_token", key); epoch = number(frame.get("epoch"));
            if (!resumed) { table = tree(); hand = tree(); }
          }
          if (frame.get("type").equals("result")) sent = null;
          else if (!resumed) hello = tree("type", "resume", "room", said[1], "seat_token", key, "epoch", epoch, "seq", frame.get("seq"), "mark", frame.getOrDefault("mark", ""));
          merge(table, in(frame, "table")); merge(hand, in(frame, "hand"));
          var game = in(table, "game");
          if (game.get("status").equals("over")) { System.out.println("over " + in(in(table, "score"), me).get("final")); System.exit(0); }
          boolean ready = Boolean.TRUE.equals(in(in(table, "seat"), me).get("ready")) && !Boolean.TRUE.equals(in(in(hand, "seat"), me).get("asked"));
          if (sent != null || ready || game.get("status").equals("lobby") || in(hand, "legal").isEmpty()) continue;
          Thread.sleep(20 + 1000 * number(in(frame, "error").get("retry_after")));
          String go = oneOf(List.copyOf(in(hand, "legal").keySet()));
          sent = tree("type", "command", "id", UUID.randomUUID().toString(), "name", go, "args", fill(in(in(hand, "legal"), go), in(hand, "choices")));
          sent.put("at", tree("season", game.get("season"), "phase", game.get("phase"))); socket.sendText(written(sent), true).join();
        }
        socket.abort();
      } catch (CompletionException cut) { to = said[0]; }
    } } }
