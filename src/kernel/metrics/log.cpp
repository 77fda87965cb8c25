#include "kernel/metrics/log.h"

#include <spdlog/formatter.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <charconv>
#include <cmath>
#include <memory>

namespace polder::log {
namespace {

constexpr const char* our_name = "polder";

/// RFC 8259 §7. Bytes that are not ASCII pass: what comes here is UTF-8 or shown as it is.
void quote(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      constexpr char digits[] = "0123456789abcdef";
      out += "\\u00";
      out += digits[c >> 4];
      out += digits[c & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

template <class Number>
void write_number(std::string& out, Number number) {
  char digits[32];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

std::string iso_ms(Time t) {
  auto text = iso(t);
  const auto ms = std::to_string(1000 + t.ms % 1000);
  text.replace(text.size() - 1, 1, "." + ms.substr(1) + "Z");
  return text;
}

std::string_view name(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug:
      return "debug";
    case spdlog::level::info:
      return "info";
    case spdlog::level::warn:
      return "warn";
    default:
      return "error";
  }
}

/// Frames what `put` wrote, and words of other rooms, as one object a line.
class JsonLine final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& to) override {
    const auto since = message.time.time_since_epoch();
    std::string line = R"({"time":")";
    line += iso_ms(Time{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()});
    line += R"(","level":")";
    line += name(message.level);
    line += R"(",)";
    const std::string_view payload(message.payload.data(), message.payload.size());
    if (std::string_view(message.logger_name.data(), message.logger_name.size()) == our_name) {
      line += payload;
    } else {
      line += R"("event":"text","text":)";
      quote(line, payload);
    }
    line += "}\n";
    to.append(line.data(), line.data() + line.size());
  }
  std::unique_ptr<formatter> clone() const override { return std::make_unique<JsonLine>(); }
};

std::shared_ptr<spdlog::logger>& logger() {
  static std::shared_ptr<spdlog::logger> ours;
  return ours;
}

void put(spdlog::level::level_enum level, Literal event, Fields fields) {
  const auto ours = logger();
  if (!ours || !ours->should_log(level)) return;
  std::string text = R"("event":)";
  quote(text, event.text());
  for (const auto& field : fields) field.write(text);
  ours->log(level, spdlog::string_view_t(text.data(), text.size()));
}

}  // namespace

void Field::write(std::string& out) const {
  struct Writer {
    std::string& out;
    void operator()(std::string_view word) const { quote(out, word); }
    void operator()(Id id) const { quote(out, str(id)); }
    void operator()(Time t) const { quote(out, iso_ms(t)); }
    void operator()(bool b) const { out += b ? "true" : "false"; }
    void operator()(std::int64_t n) const { write_number(out, n); }
    void operator()(double x) const { std::isfinite(x) ? write_number(out, x) : void(out += "null"); }
  };
  out += ',';
  quote(out, name_.text());
  out += ':';
  std::visit(Writer{out}, value_);
}

void start(Level least, std::ostream* out) {
  spdlog::sink_ptr sink;
  if (out)
    sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(*out, true);
  else
    sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  sink->set_formatter(std::make_unique<JsonLine>());
  constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                                  spdlog::level::err};
  logger() = std::make_shared<spdlog::logger>(our_name, sink);
  auto others = std::make_shared<spdlog::logger>("text", sink);
  for (auto* each : {logger().get(), others.get()}) each->set_level(levels[static_cast<int>(least)]);
  spdlog::set_default_logger(others);
}

void debug(Literal event, Fields fields) { put(spdlog::level::debug, event, fields); }
void info(Literal event, Fields fields) { put(spdlog::level::info, event, fields); }
void warn(Literal event, Fields fields) { put(spdlog::level::warn, event, fields); }
void error(Literal event, Fields fields) { put(spdlog::level::err, event, fields); }

}  // namespace polder::log
