// Responding, without an account or with one: say it, look at it once more, send it. The same form serves all three
// steps; what was typed travels with it, so nothing is kept of a response that was not sent.
#include "kernel/text/text.h"
#include "people/pending.h"
#include "processes/consultations/pages.h"

namespace polder::consultations {

using namespace html;  // NOLINT(google-build-using-namespace)
namespace json = boost::json;

namespace {

constexpr std::string_view act_name = "consultations.respond";

/// What the form holds besides the act's own fields: where a visitor's confirmation goes.
constexpr std::string_view email_field = "email";

struct Draft {
  json::object fields;
  std::vector<FieldError> errors;
};

fields::Field fields_of(const Visit& visit) {
  fields::Field all = visit.house.acts.find(act_name)->fields;
  if (!visit.person) all.fields.push_back({.name = std::string(email_field), .kind = fields::Kind::email});
  return all;
}

std::size_t remark_rows(const json::object& fields) {
  const auto* remarks = fields.if_contains("remarks");
  const auto* rows = remarks == nullptr ? nullptr : remarks->if_object();
  std::size_t n = 0;
  if (rows != nullptr)
    for (const auto& row : *rows) {
      const std::string_view digits = row.key();
      std::size_t i = 0;
      std::from_chars(digits.data(), digits.data() + digits.size(), i);
      n = std::max(n, std::min<std::size_t>(i, 49) + 1);
    }
  return n;
}

Html remarks(const Visit& visit, const Whole& whole, const fields::Drawing& form, std::size_t rows) {
  const auto& t = visit.t;
  std::vector<std::pair<std::string, std::string>> articles;
  for (const auto& a_row : whole.articles) articles.emplace_back(a_row.eid, text::excerpt(a_row.label, 70));
  Html out;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string path = "remarks." + std::to_string(i);
    // The article is a text in the act (an eid); here one chooses it.
    const std::string dom = "f-remarks-" + std::to_string(i) + "-article", chosen = form.typed(path + ".article");
    Html options = option(attr("value", ""), t("consultations.choose-article"));
    for (const auto& [eid, label] : articles)
      options += option(attr("value", eid), eid == chosen ? attr("selected") : Attr{}, label);
    out += fieldset(cls("group"), legend(t("consultations.remark-n", {{"n", std::int64_t(i + 1)}})),
                    div(cls("field"), html::label(attr("for", dom), t("consultations.article")),
                        form.error(path + ".article"), select(id(dom), attr("name", path + ".article"), options)),
                    form.field(path + ".quote"), form.field(path + ".words", {.rows = 5}));
  }
  return out;
}

http::Response show_form(Visit& visit, const Whole& whole, const Draft& typed, std::size_t rows, int status) {
  const auto& t = visit.t;
  const auto& c = whole.c;
  const fields::Field all = fields_of(visit);
  const fields::Drawing form(t, std::string(act_name), all, typed.fields, typed.errors);

  Html questions;
  for (const auto& q : whole.questions) {
    const std::string path = "answers." + std::to_string(q.number - 1);
    questions += form.hidden(path + ".question", std::to_string(q.number));
    questions += div(language_of(visit, c.language),
                     form.field(path + ".words", {.label = std::to_string(q.number) + ". " + q.words, .rows = 7}));
  }
  std::vector<std::pair<std::string, std::string>> who;
  for (const auto& word : visit.platform->charter.list("consultations", "visibilities"))
    who.emplace_back(word, word == "public-name"        ? t("consultations.respond.visibility.public-name")
                           : word == "public-anonymous" ? t("consultations.respond.visibility.public-anonymous")
                                                        : t("consultations.respond.visibility.officials"));
  Html you = form.field("visibility", {.options = who}) + form.field("signed-as", {.autocomplete = "name"}) +
             form.field("on-behalf", {.autocomplete = "organization"});
  if (!visit.person) you += form.field(email_field, {.autocomplete = "email"});
  const std::string minutes = t("consultations.respond-words", {{"date", t.day(c.closes_at - 1)}});
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), t("consultations.respond-title"), p(minutes), Html{}) +
      html::form(cls("form"), attr("method", "post"), action(to(visit, c, "respond")), attr("novalidate"),
                 form.summary(),
                 questions.empty() ? Html{} : section(cls("stack"), h2(t("consultations.what-we-ask")), questions),
                 whole.articles.empty()
                     ? Html{}
                     : section(cls("stack"), h2(t("consultations.remarks-title")),
                               p(cls("quiet"), t("consultations.remarks-hint")), remarks(visit, whole, form, rows),
                               p(button(cls("button plain little"), attr("type", "submit"), attr("name", "step"),
                                        attr("value", "more"), t("consultations.another-remark")))),
                 section(cls("stack"), h2(t("consultations.about-you")), you),
                 div(cls("actions"),
                     button(cls("button"), attr("type", "submit"), attr("name", "step"), attr("value", "check"),
                            t("consultations.look-once-more")),
                     a(href(to(visit, c)), t("consultations.cancel"))));
  return visit.page({.title = t("consultations.respond-title"),
                     .main = div(cls("narrow"), main),
                     .current = "consultations",
                     .status = status,
                     .error = !typed.errors.empty()});
}

http::Response look_once_more(Visit& visit, const Whole& whole, const Draft& typed) {
  const auto& t = visit.t;
  const auto& c = whole.c;
  const fields::Field all = fields_of(visit);
  const fields::Drawing form(t, std::string(act_name), all, typed.fields, {});
  Html said;
  const auto row = [&](const std::string& name, const std::string& quote, const std::string& words) {
    if (words.empty()) return;
    said += div(dt(name), dd(quote.empty() ? Html{} : p(q(quote)), paragraphs(words)));
  };
  for (const auto& question : whole.questions)
    row(question.words, "", form.typed("answers." + std::to_string(question.number - 1) + ".words"));
  for (std::size_t i = 0; i < remark_rows(typed.fields); ++i) {
    const std::string path = "remarks." + std::to_string(i);
    row(article_label(whole, form.typed(path + ".article")), form.typed(path + ".quote"), form.typed(path + ".words"));
  }
  const std::string visibility = form.typed("visibility"), name = form.typed("signed-as"),
                    on_behalf = form.typed("on-behalf");
  const std::string whom = visibility == "public-name"        ? t("consultations.respond.visibility.public-name")
                           : visibility == "public-anonymous" ? t("consultations.respond.visibility.public-anonymous")
                                                              : t("consultations.respond.visibility.officials");
  said += div(dt(t("consultations.who-sees-it")), dd(whom));
  if (!name.empty()) said += div(dt(t("consultations.your-name")), dd(name));
  if (!on_behalf.empty()) said += div(dt(t("consultations.respond.on-behalf")), dd(on_behalf));
  if (!visit.person) said += div(dt(t("consultations.respond.email")), dd(form.typed(email_field)));
  const Html carried =
      form.all_hidden() + input(attr("type", "hidden"), attr("name", "key"), attr("value", visit.fresh_key()));
  const Html main =
      web::lead(web::crumbs(t, trail(visit, &c)), t("consultations.is-this-right"),
                p(t(visit.person ? "consultations.is-this-right-words" : "consultations.is-this-right-mail")), Html{}) +
      div(cls("stack"), dl(cls("pairs"), said),
          html::form(cls("form"), attr("method", "post"), action(to(visit, c, "respond")), carried,
                     div(cls("actions"),
                         button(cls("button"), attr("type", "submit"), attr("name", "step"), attr("value", "send"),
                                attr("data-busy", t("people.sending")), t("consultations.send")),
                         button(cls("button plain"), attr("type", "submit"), attr("name", "step"),
                                attr("value", "change"), t("consultations.change")))));
  return visit.page(
      {.title = t("consultations.is-this-right"), .main = div(cls("narrow"), main), .current = "consultations"});
}

std::optional<Whole> open_consultation(Visit& visit, std::optional<Refusal>& refusal) {
  auto whole = visit.house.database.read([&](storage::ReadTx& tx) { return find(visit, tx); });
  if (!whole) {
    refusal = Refusal{.why = Why::not_found, .message = {"consultations.not-found"}};
  } else if (whole->phase != Phase::open) {
    refusal = Refusal{.why = Why::forbidden,
                      .message = whole->phase > Phase::open
                                     ? Message{"consultations.closed-at",
                                               {{"at", Moment{whole->c.closes_at.ms}}, {"now", Moment{visit.now.ms}}}}
                                     : Message{"consultations.opens-at", {{"at", Moment{whole->c.opens_at.ms}}}}};
  }
  return whole;
}

http::Response begin(Visit& visit) {
  std::optional<Refusal> refusal;
  const auto whole = open_consultation(visit, refusal);
  if (refusal) return visit.refusal(*refusal);
  Draft empty{.fields = {}, .errors = {}};
  if (const auto article = visit.query("article"); !article.empty())
    empty.fields["remarks"] = json::object{{"0", json::object{{"article", article}, {"quote", visit.query("quote")}}}};
  if (visit.person) empty.fields["signed-as"] = visit.person->name;
  if (!visit.person) visit.shows(page_subject(whole->c.id));
  return show_form(visit, *whole, empty, 1, 200);
}

http::Response receive(Visit& visit) {
  std::optional<Refusal> refusal;
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto whole = open_consultation(visit, refusal);
  if (!whole) return visit.refusal(*refusal);
  Draft typed{.fields = std::move(sent->fields), .errors = {}};
  const std::size_t rows = remark_rows(typed.fields);
  if (refusal) {
    // Too late by a second or a week: refused, and what was written is given back to be copied.
    typed.errors.push_back({"answers.0.words", refusal->message});
    return show_form(visit, *whole, typed, std::max<std::size_t>(rows, 1), 403);
  }
  if (sent->step == "more") return show_form(visit, *whole, typed, std::min<std::size_t>(rows + 1, 50), 200);
  if (sent->step == "change") return show_form(visit, *whole, typed, std::max<std::size_t>(rows, 1), 200);

  json::object act = typed.fields;
  act.erase(email_field);
  act["consultation"] = str(whole->c.id);
  // A visitor is rehearsed as who they will be once their address is confirmed.
  const record::Actor as =
      visit.person ? visit.actor : record::Actor{.kind = record::Actor::Kind::person, .person = {}, .roles = {}};
  if (const auto fine = visit.house.acts.rehearse({visit.platform->id, as, std::string(act_name), act}); !fine) {
    if (fine.error().fields.empty()) return visit.refusal(fine.error());
    typed.errors.insert(typed.errors.end(), fine.error().fields.begin(), fine.error().fields.end());
  }
  // An e-mail address is asked of visitors only; whoever signs in between two steps needs none.
  const auto address = text::normal_email(fields::text_of(typed.fields.if_contains(email_field)).value_or(""));
  if (!visit.person && !address) typed.errors.push_back({std::string(email_field), {"fields.not-an-email"}});
  if (!typed.errors.empty()) return show_form(visit, *whole, typed, std::max<std::size_t>(rows, 1), 422);
  if (sent->step != "send") return look_once_more(visit, *whole, typed);

  if (visit.person) {
    const auto done = visit.perform(act_name, act, sent->key);
    if (!done) return visit.refusal(done.error());
    visit.flash("consultations.sent");
    return visit.redirect(visit.at(done->location));
  }
  std::string name;
  if (const auto* said = act.if_contains("signed-as")) name = fields::text_of(said).value_or("");
  const auto asked =
      people::ask_confirmation(visit, act_name, act, *address, name, whole->c.title, to(visit, whole->c));
  if (!asked) return visit.refusal(asked.error());
  return visit.redirect(visit.at("check-your-mail"));
}

}  // namespace

void add_respond_page(House& house) {
  using http::Method;
  const std::string path = "/{platform}/consultations/{slug}/respond";
  house.routes.add({Method::get, path, web::Door::anyone, web::Keep::page, 0, begin});
  house.routes.add({Method::post, path, web::Door::anyone, web::Keep::nothing, 2u << 20, receive});
}

}  // namespace polder::consultations
