// polder law read FILE: what the program makes of a law's file, before anybody builds a consultation on it.
#include <boost/json.hpp>

#include "app/commands/terminal.h"
#include "formats/law/law.h"
#include "kernel/text/text.h"

namespace polder::app {
namespace {

Done read(Terminal& terminal, const std::string& file, bool json) {
  TRY(const std::string bytes, read_file(file, law::Limits{}.bytes));
  TRY(const law::Document document, law::read(bytes));
  const auto articles = law::articles(document);
  if (json) {
    terminal.out() << boost::json::serialize(boost::json::object{{"format", law::name(document.format)},
                                                                 {"title", document.title},
                                                                 {"language", document.language},
                                                                 {"articles", articles.size()}})
                   << '\n';
    return {};
  }
  terminal.out() << document.title << "\n"
                 << law::name(document.format) << ", " << document.language << ", " << articles.size() << " articles\n";
  for (const auto& article : articles) terminal.out() << "  " << law::label(*article.division) << '\n';
  return {};
}

}  // namespace

void add_law(CLI::App& app, Terminal& terminal) {
  auto* group = app.add_subcommand("law", "Files of laws: Akoma Ntoso, USLM, BWB, Markdown")->require_subcommand(1);
  auto* command = group->add_subcommand("read", "Say what a law's file holds");
  const auto file = std::make_shared<std::string>();
  const auto json = std::make_shared<bool>(false);
  command->add_option("FILE", *file, "The law; - for standard input")->required();
  command->add_flag("--json", *json, "One JSON object: format, title, language, number of articles");
  command->callback([file, json, &terminal] {
    if (const auto done = read(terminal, *file, *json); !done) terminal.refused(done.error());
  });
}

}  // namespace polder::app
