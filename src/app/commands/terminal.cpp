#include "app/commands/terminal.h"

#include <fstream>
#include <iostream>
#include <system_error>

#include "app/rooms.h"
#include "kernel/base/embedded.h"
#include "kernel/metrics/log.h"

namespace polder::app {
namespace {

const SystemClock& system_clock() {
  static const SystemClock clock;
  return clock;
}

Random& system_random() {
  static SystemRandom random;
  return random;
}

}  // namespace

int exit_code(Why why) {
  switch (why) {
    case Why::invalid:
      return exit_no;
    case Why::unauthorized:
    case Why::forbidden:
      return 3;
    case Why::not_found:
      return 4;
    case Why::conflict:
      return 5;
    case Why::too_large:
      return 6;
    case Why::rate_limited:
    case Why::unavailable:
      return 7;
  }
  return exit_no;
}

Terminal::Terminal(std::ostream& out, std::ostream& err)
    : out_(out), err_(err), catalogues_(embedded_below("messages/")) {}

void Terminal::needs_house(CLI::App& command) {
  command.add_option("--data", plan.data, "The data folder")->required()->envname("POLDER_DATA");
  command
      .add_option("--database", plan.database, "postgresql://… or sqlite:PATH; otherwise polder.db in the data folder")
      ->envname("POLDER_DATABASE");
  command.add_option("--base-url", plan.base_url, "The server's address, for links and for the records' names")
      ->envname("POLDER_BASE_URL");
}

void Terminal::in_house(const std::function<Done(people::House&)>& work) {
  log::start(log::Level::warn);
  auto building = Building::open(plan, system_clock(), system_random());
  if (!building) return refused(building.error());
  if (const auto done = work((*building)->house()); !done) refused(done.error());
}

void Terminal::refused(const Refusal& refusal) {
  err_ << "polder: " << say(refusal.message) << '\n';
  for (const auto& field : refusal.fields) err_ << "  " << field.field << ": " << say(field.message) << '\n';
  // The console is the operator's own: what a page must not say, it may.
  if (!refusal.cause.empty()) err_ << "  (" << refusal.cause << ")\n";
  code_ = exit_code(refusal.why);
}

Result<std::string> read_file(const std::string& path, std::size_t most) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file)
      return refuse(Why::not_found,
                    {"app.file-unreadable", {{"path", path}, {"cause", std::generic_category().message(errno)}}});
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string bytes;
  std::array<char, 64 * 1024> piece{};
  while (in.read(piece.data(), piece.size()) || in.gcount() > 0) {
    bytes.append(piece.data(), std::size_t(in.gcount()));
    if (bytes.size() > most)
      return refuse(Why::too_large, {"app.file-too-large", {{"path", path}, {"most", std::int64_t(most)}}});
  }
  if (in.bad() || (path != "-" && !file.eof()))
    return refuse(Why::unavailable,
                  {"app.file-unreadable", {{"path", path}, {"cause", std::generic_category().message(errno)}}});
  return bytes;
}

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
  Terminal terminal(out, err);
  CLI::App app("Polder: platforms for the co-creation of public value", "polder");
  app.set_version_flag("--version", "polder " POLDER_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done; 1 what was checked or sent has faults; 2 the command line cannot be understood; 3 not "
      "allowed;\n"
      "4 not found; 5 in conflict with what is there; 6 too large; 7 not possible now.");
  add_serve(app, terminal);
  add_charter(app, terminal);
  add_record(app, terminal);
  add_law(app, terminal);
  add_acts(app, terminal);
  add_user(app, terminal);
  add_demo(app, terminal);
  add_commands(app, terminal);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    const int code = app.exit(fault, out, err);
    return code == 0 ? 0 : exit_usage;
  } catch (const std::exception& fault) {
    err << "polder: " << fault.what() << '\n';
    return exit_code(Why::unavailable);
  }
  return terminal.code();
}

}  // namespace polder::app
