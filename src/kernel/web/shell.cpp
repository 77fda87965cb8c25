#include "kernel/web/shell.h"

#include "kernel/web/assets.h"

namespace polder::web {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

Attr current_if(bool yes) { return yes ? attr("aria-current", "page") : Attr{}; }

Html items(const std::vector<Link>& links) {
  Html out;
  for (const Link& l : links) out += li(a(href(l.url), current_if(l.current), l.words));
  return out;
}

Html font(std::string_view name) {
  return link(attr("rel", "preload"), attr("as", "font"), attr("type", "font/woff2"), attr("crossorigin", ""),
              href(asset(name)));
}

Html language_menu(const Shell& shell, i18n::Language spoken) {
  if (shell.languages.size() < 2) return {};
  Html out;
  for (const auto language : shell.languages)
    out += li(a(href(Url(shell.here).with("lang", code(language))), attr("lang", code(language)),
                attr("hreflang", code(language)), language == spoken ? attr("aria-current", "true") : Attr{},
                native_name(language)));
  return details(cls("menu"), summary(native_name(spoken)), ul(out));
}

Html account(const Shell& shell) {
  if (shell.person.empty()) {
    Html out;
    for (const Link& l : shell.account) out += a(href(l.url), current_if(l.current), l.words);
    return out;
  }
  return details(cls("menu"), summary(shell.person), ul(items(shell.account)));
}

}  // namespace

std::string page(const i18n::Voice& t, const Shell& shell, const Html& main) {
  const std::string_view lang = code(t.language());
  std::string head_title = shell.error ? t("web.error-title", {{"title", shell.title}}) : shell.title;
  if (shell.brand != shell.title) head_title += " · " + shell.brand;
  const Html head_part =
      head(meta(attr("charset", "utf-8")),
           meta(attr("name", "viewport"), attr("content", "width=device-width, initial-scale=1")), title(head_title),
           link(attr("rel", "icon"), attr("type", "image/svg+xml"), href(asset("favicon.svg"))),
           font("atkinson-hyperlegible-next-latin-wght-normal.woff2"), font("source-serif-4-latin-wght-normal.woff2"),
           link(attr("rel", "stylesheet"), href(asset("polder.css"))),
           shell.house_style ? link(attr("rel", "stylesheet"), href(*shell.house_style)) : Html{},
           script(asset("polder.js")));
  const Html bar = header(
      cls("bar"),
      div(cls("wrap"), a(cls("brand"), href(shell.home), icon("mark", "mark"), span(shell.brand)),
          shell.navigation.empty() ? Html{} : nav(attr("aria-label", t("web.navigation")), ul(items(shell.navigation))),
          div(cls("tools"), language_menu(shell, t.language()), account(shell))));
  const Html foot = footer(
      cls("foot"), div(cls("wrap"), shell.footer.empty() ? Html{} : ul(items(shell.footer)), p(t("web.made-with"))));
  return html::document(html_root(attr("lang", lang), head_part,
                                  body(a(cls("skip"), href(Url::fragment("main")), t("web.skip")), shell.demo, bar,
                                       main_(html::id("main"), cls("wrap"), attr("tabindex", "-1"), main), foot)))
      .take();
}

Html crumbs(const i18n::Voice& t, const std::vector<Link>& trail) {
  return trail.empty() ? Html{} : nav(cls("crumbs"), attr("aria-label", t("web.you-are-here")), ol(items(trail)));
}

Html lead(const Html& crumbs, std::string_view title, const Html& sentences, const Html& actions) {
  return div(cls("lead stack"), crumbs, h1(title), sentences, actions.empty() ? Html{} : div(cls("actions"), actions));
}

Html button(std::string_view words, const Url& url) { return a(cls("button"), href(url), words); }
Html plain_button(std::string_view words, const Url& url) { return a(cls("button plain"), href(url), words); }

Html notice(Tone tone, const Html& words, bool live) {
  constexpr std::array<std::string_view, 4> classes{"notice", "notice good", "notice warning", "notice bad"};
  constexpr std::array<std::string_view, 4> icons{"info", "good", "clock", "warning"};
  const auto i = std::size_t(tone);
  return div(cls(classes.at(i)), live ? attr("role", "status") : Attr{}, icon(icons.at(i)), div(words));
}

Html tag(std::string_view words, std::string_view kind) {
  return span(cls(kind.empty() ? std::string("tag") : "tag " + std::string(kind)), words);
}

Html empty(std::string_view title, std::string_view words, const Html& actions) {
  return div(cls("empty"), h2(title), p(cls("quiet"), words), actions.empty() ? Html{} : p(cls("actions"), actions));
}

Html pairs(const std::vector<std::pair<std::string, Html>>& rows) {
  Html out;
  for (const auto& [name, value] : rows) out += div(dt(name), dd(value));
  return dl(cls("pairs"), out);
}

Html facts(const std::vector<std::pair<std::string, std::string>>& rows) {
  Html out;
  for (const auto& [name, value] : rows) out += div(dt(name), dd(value));
  return dl(cls("facts"), out);
}

Html pager(const i18n::Voice& t, const std::optional<Url>& newer, const std::optional<Url>& older) {
  if (!newer && !older) return {};
  return nav(
      cls("pager"), attr("aria-label", t("web.pages")),
      newer ? a(cls("button plain little"), attr("rel", "prev"), href(*newer), icon("left"), t("web.newer")) : Html{},
      older ? a(cls("button plain little"), attr("rel", "next"), href(*older), t("web.older"), icon("right")) : Html{});
}

Html when(const i18n::Voice& t, Time at) { return time_(attr("datetime", iso(at)), t.day(at)); }
Html ago(const i18n::Voice& t, Time now, Time at) { return time_(attr("datetime", iso(at)), t.since(now, at)); }

Html bars(const i18n::Voice& t, std::string_view title, std::string_view unit, const std::vector<Bar>& data) {
  if (data.empty()) return {};
  constexpr double width = 262, height = 108, top = 14;
  const auto most =
      std::max_element(data.begin(), data.end(), [](const Bar& x, const Bar& y) { return x.value < y.value; });
  const double step = width / double(data.size()), column = std::min(22.0, std::max(1.0, step * 0.8));
  const auto at = [](double v) {
    std::array<char, 24> out{};
    const auto end = std::to_chars(out.data(), out.data() + out.size(), v, std::chars_format::fixed, 1).ptr;
    return std::string(out.data(), end);
  };
  Html columns;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const double tall = most->value == 0 ? 0 : double(data[i].value) * height / double(most->value);
    columns +=
        rect(cls("column"), attr("x", at(double(i) * step + (step - column) / 2)), attr("y", at(top + height - tall)),
             attr("width", at(column)), attr("height", at(tall)), attr("rx", "1.5"));
  }
  const double peak = (double(most - data.begin()) + 0.5) * step;
  const std::string_view anchor = peak < width / 4 ? "start" : peak > width * 3 / 4 ? "end" : "middle";
  const std::string most_words = t("web.bars-most", {{"value", most->value}, {"label", most->label}});
  const std::string spoken = t("web.bars-spoken", {{"title", std::string(title)},
                                                   {"first", data.front().label},
                                                   {"last", data.back().label},
                                                   {"most", most_words}});
  Html rows;
  for (const Bar& one : data) rows += tr(td(one.label), td(cls("n"), t.number(one.value)));
  return figure(
      cls("panel"), figcaption(title),
      svg(cls("chart"), attr("viewBox", "0 0 262 142"), attr("role", "img"), attr("aria-label", spoken), columns,
          line(cls("axis"), attr("x1", "0"), attr("y1", "122"), attr("x2", "262"), attr("y2", "122")),
          svg_text(attr("x", "0"), attr("y", "138"), data.front().label),
          svg_text(attr("x", at(peak)), attr("y", "10"), attr("text-anchor", anchor), cls("strong"), most_words),
          data.size() > 1 ? svg_text(attr("x", "262"), attr("y", "138"), attr("text-anchor", "end"), data.back().label)
                          : Html{}),
      details(summary(t("web.as-table")),
              table(thead(tr(th(attr("scope", "col"), t("web.bars-label")), th(attr("scope", "col"), cls("n"), unit))),
                    tbody(rows))));
}

}  // namespace polder::web
