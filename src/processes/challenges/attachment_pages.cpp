// The files of a statement: for everybody who reads it, and the page on which they come and, before publication, go.
#include "kernel/files/type.h"
#include "kernel/web/download.h"
#include "kernel/web/scrolling.h"
#include "people/form_page.h"
#include "processes/challenges/entry_files.h"
#include "processes/challenges/pages.h"

namespace polder::challenges {

using namespace html;  // NOLINT(google-build-using-namespace)
using people::Page;

namespace {

struct Kept {
  Whole whole;
  std::vector<Attachment> all;
};

/// For those who may add one now, or take one away.
std::optional<Kept> kept(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Kept> {
    auto whole = find(visit, tx);
    if (!whole || !may_now(visit, *whole, "challenges.add-attachment")) return std::nullopt;
    auto all = store::attachments(tx, whole->c.id);
    return Kept{*std::move(whole), std::move(all)};
  });
}

/// How many may come at once: after publication each is an amendment with its own reason.
std::size_t room_for(const Kept& k) {
  const std::size_t free = most_attachments - std::min(most_attachments, k.all.size());
  return k.whole.c.published_at ? std::min<std::size_t>(1, free) : free;
}

Result<web::Takes> admit(Visit& visit) {
  const auto k = kept(visit);
  if (!k) return refuse(Why::not_found, {"challenges.not-found"});
  if (room_for(*k) == 0)
    return refuse(Why::conflict, {"challenges.no-more-attachments", {{"most", std::int64_t(most_attachments)}}});
  return web::Takes{
      .files = room_for(*k), .each = std::uint64_t(attachment_megabytes) << 20, .kinds = files::extensions()};
}

/// The form by which files come: the reason is asked of a published statement only, and then it is needed.
struct Sending {
  fields::Line<2'000> ticket;
  fields::Text<2'000> why;
};
BOOST_DESCRIBE_STRUCT(Sending, (), (ticket, why))

Html adding(Visit& visit, const Kept& k, const boost::json::object& typed, const std::vector<FieldError>& faults) {
  if (room_for(k) == 0) return {};
  const auto& t = visit.t;
  const fields::Drawing form(t, "challenges.add-attachment", people::description_of<Sending>(), typed, faults);
  const Html fault = form.error("ticket");
  Html fields =
      div(cls(fault.empty() ? "field" : "field wrong"), label(attr("for", "f-ticket"), t("challenges.add-files")),
          p(cls("hint"), id("f-ticket-hint"),
            t("challenges.files-rule", {{"most", std::int64_t(room_for(k))}, {"megabytes", attachment_megabytes}})),
          fault,
          input(attr("type", "file"), id("f-ticket"), attr("name", "file"), room_for(k) > 1 ? attr("multiple") : Attr{},
                attr("aria-describedby", fault.empty() ? "f-ticket-hint" : "f-ticket-hint f-ticket-error"),
                fault.empty() ? Attr{} : attr("aria-invalid", "true")));
  if (k.whole.c.published_at) fields += form.field("why");
  return visit.form(to(visit, k.whole.c, "attachments"), form.summary() + fields, t("challenges.send-files"), true);
}

http::Response draw(Visit& visit, const Kept& k, const boost::json::object& typed, const Refusal* refused) {
  static const std::vector<FieldError> none;
  const auto& t = visit.t;
  const auto& c = k.whole.c;
  const bool may_remove = may_now(visit, k.whole, "challenges.remove-attachment");
  Html rows;
  for (const Attachment& one : k.all)
    rows +=
        tr(th(attr("scope", "row"), a(href(to(visit, c, "attachments/" + str(one.id))), one.name)),
           td(cls("n"), i18n::file_size(t.language(), one.size)),
           may_remove
               ? td(visit.form(to(visit, c, "attachments/out"),
                               input(attr("type", "hidden"), attr("name", "attachment"), attr("value", str(one.id))),
                               t("challenges.take-out"), false, "button plain little"))
               : Html{});
  const Html head = tr(
      th(attr("scope", "col"), t("challenges.attach.ticket")), th(attr("scope", "col"), cls("n"), t("challenges.size")),
      may_remove ? th(attr("scope", "col"), span(cls("visually-hidden"), t("challenges.change"))) : Html{});
  const Html main = web::lead(web::crumbs(t, trail(visit, &c)), t("challenges.attachments"),
                              p(t("challenges.attachments-words")), Html{}) +
                    div(cls("stack loose"),
                        rows.empty() ? web::empty(t("challenges.no-attachments"), t("challenges.no-attachments-words"))
                                     : web::scrolling(t("challenges.attachments"), table(thead(head), tbody(rows))),
                        adding(visit, k, typed, refused == nullptr ? none : refused->fields),
                        p(a(href(to(visit, c)), t("challenges.to-the-statement"))));
  return visit.page({.title = t("challenges.attachments"),
                     .main = main,
                     .current = "challenges",
                     .status = refused == nullptr ? 200 : people::http_status(refused->why),
                     .error = refused != nullptr});
}

http::Response attachments_page(Visit& visit) {
  const auto k = kept(visit);
  return k ? draw(visit, *k, {}, nullptr) : not_found(visit);
}

/// A file that cannot be taken has no reason to be told, and a reason alone adds no file: both are told at once.
http::Response take(Visit& visit) {
  const auto before = kept(visit);
  if (!before) return not_found(visit);
  boost::json::object typed;
  if (const auto sent = visit.sent())
    if (const auto* why = sent->fields.if_contains("why"); why != nullptr) typed["why"] = *why;
  Refusal faults{.why = Why::invalid, .message = {"fields.summary"}};
  const bool reason = typed.contains("why") && typed["why"].is_string() && !typed["why"].as_string().empty();
  if (before->whole.c.published_at && !reason) {
    faults.fields = visit.received->faults;
    if (visit.received->files.empty() && faults.fields.empty())
      faults.fields.push_back({"file", {"challenges.no-file-came"}});
    faults.fields.push_back({"why", {"challenges.say-why"}});
  } else {
    boost::json::object fields{{"challenge", str(before->whole.c.id)}};
    if (reason) fields["why"] = typed["why"];
    faults = take_received(visit, {"challenges.add-attachment", std::move(fields)});
  }
  for (FieldError& fault : faults.fields)
    if (fault.field == "file") fault.field = "ticket";
  if (!faults.fields.empty()) {
    const auto k = kept(visit);
    return k ? draw(visit, *k, typed, &faults) : not_found(visit);
  }
  visit.flash("challenges.attachments-added");
  return visit.redirect(to(visit, before->whole.c, "attachments"));
}

/// The same for programs: one file as the body, and the reason of an amendment beside its name.
http::Response put(Visit& visit) {
  const auto whole = here(visit);
  if (!whole) return visit.json_refusal({.why = Why::not_found, .message = {"challenges.not-found"}});
  boost::json::object fields{{"challenge", str(whole->c.id)}};
  if (const auto why = visit.query("why"); !why.empty()) fields["why"] = why;
  return take_put(visit, {"challenges.add-attachment", std::move(fields)});
}

http::Response remove(Visit& visit) {
  auto done = press("challenges.remove-attachment", "challenges.attachment-out")(visit);
  const auto whole = here(visit);
  return done.status == 303 && whole ? visit.redirect(to(visit, whole->c, "attachments")) : done;
}

http::Response file(Visit& visit) {
  const auto found = visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Attachment> {
    const auto whole = find(visit, tx);
    const auto id = parse_id(visit.params["attachment"]);
    auto a = whole && id ? store::attachment(tx, *id) : std::nullopt;
    return a && a->challenge == whole->c.id ? a : std::nullopt;
  });
  if (!found) return not_found(visit);
  auto bytes = visit.house.files.read(found->path);
  if (!bytes) return visit.refusal(bytes.error());
  return web::download(visit.request, *std::move(bytes), found->type, found->name, found->sha256);
}

}  // namespace

Html attachments_told(const Visit& visit, const Challenge& c, const std::vector<Attachment>& all, int level) {
  if (all.empty()) return {};
  const auto& t = visit.t;
  Html items;
  for (const Attachment& one : all)
    items += li(a(href(to(visit, c, "attachments/" + str(one.id))), one.name), " ",
                span(cls("small quiet"), i18n::file_size(t.language(), one.size)));
  return section(cls("stack close"), level == 2 ? h2(t("challenges.attachments")) : h3(t("challenges.attachments")),
                 ul(items));
}

void add_attachment_pages(House& house) {
  using http::Method;
  using web::Door;
  using web::Keep;
  const std::string path = "/{platform}/challenges/{slug}/attachments";
  house.routes.add({Method::get, path, Door::signed_in, Keep::nothing, 0, attachments_page});
  const auto takes = [&](Method method, std::string pattern, Door door, http::Response (*handle)(Visit&)) {
    house.routes.add({.method = method,
                      .pattern = std::move(pattern),
                      .door = door,
                      .keep = Keep::nothing,
                      .body_limit = 0,
                      .handle = handle,
                      .upload = web::Upload<Visit>{.takes = {.files = most_attachments,
                                                             .each = std::uint64_t(attachment_megabytes) << 20,
                                                             .kinds = files::extensions()},
                                                   .admit = admit,
                                                   .told = {"why"}}});
  };
  takes(Method::post, path, Door::signed_in, take);
  takes(Method::put, "/api/v1/platforms" + path, Door::token, put);
  house.routes.add({Method::post, path + "/out", Door::signed_in, Keep::nothing, web::form_limit, remove});
  // What was refused there offers the page in another language by its address.
  house.routes.add({Method::get, path + "/out", Door::signed_in, Keep::nothing, 0, attachments_page});
  house.routes.add({Method::get, path + "/{attachment}", Door::anyone, Keep::nothing, 0, file});
}

}  // namespace polder::challenges
