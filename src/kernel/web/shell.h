// The frame around every page: skip link, bar, crumbs, footer. It knows nothing of platforms; who calls fills it in.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kernel/html/html.h"
#include "kernel/i18n/voice.h"

namespace polder::web {

using html::Html;
using html::Url;

struct Link {
  std::string words;
  Url url;
  bool current = false;
};

struct Shell {
  std::string title;  ///< of the page; the brand follows it in the <title>
  std::string brand;
  Url home = Url::local("/");
  std::vector<Link> navigation;
  std::vector<Link> footer;
  std::vector<i18n::Language> languages;
  Url here = Url::local("/");      ///< this page's own address, for the language switch
  std::vector<Link> account;       ///< a name with its menu, or "sign in"
  std::string person;              ///< who is signed in; empty for visitors
  std::optional<Url> house_style;  ///< a stylesheet with the platform's tokens
  Html demo;                       ///< the strip of a demo, or nothing
  bool error = false;              ///< the title then begins with "Error:"
};

/// A whole page: `main` holds what comes between the bar and the footer.
std::string page(const i18n::Voice& t, const Shell& shell, const Html& main);

// ---- parts that every room draws the same way ----

/// The trail to this page, without the page itself.
Html crumbs(const i18n::Voice& t, const std::vector<Link>& trail);
/// The head of a page: crumbs, title, one or two sentences, the next steps.
Html lead(const Html& crumbs, std::string_view title, const Html& sentences, const Html& actions);
Html button(std::string_view words, const Url& url);
Html plain_button(std::string_view words, const Url& url);

enum class Tone { plain, good, warning, bad };
/// A notice; `live` when it answers what the reader just did.
Html notice(Tone tone, const Html& words, bool live = false);
Html tag(std::string_view words, std::string_view kind = "");
Html empty(std::string_view title, std::string_view words, const Html& actions = {});
Html pairs(const std::vector<std::pair<std::string, Html>>& rows);
Html facts(const std::vector<std::pair<std::string, std::string>>& rows);
/// "Newer" and "Older"; nothing where neither is.
Html pager(const i18n::Voice& t, const std::optional<Url>& newer, const std::optional<Url>& older);
Html when(const i18n::Voice& t, Time at);           ///< <time> with the date
Html ago(const i18n::Voice& t, Time now, Time at);  ///< <time>, how long ago

/// One bar a day (or whatever the labels are) as an SVG with its table one click away.
struct Bar {
  std::string label;
  std::int64_t value = 0;
};
Html bars(const i18n::Voice& t, std::string_view title, std::string_view unit, const std::vector<Bar>& data);

}  // namespace polder::web
