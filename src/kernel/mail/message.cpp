#include "kernel/mail/message.h"

#include <algorithm>
#include <cctype>

#include "kernel/base/encode.h"
#include "kernel/text/text.h"

namespace polder::mail {
namespace {

bool is_printable(char c) { return c >= 0x20 && c < 0x7F; }

bool one_line(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

bool is_field_name(std::string_view name) {
  return !name.empty() && name.size() <= 76 &&
         std::ranges::all_of(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-'; });
}

bool equal_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// Those that compose() writes; a second one would be a forgery or a mistake.
bool is_ours(std::string_view name) {
  constexpr std::string_view ours[] = {"from",        "to",      "cc",         "bcc",          "sender",
                                       "subject",     "date",    "message-id", "mime-version", "auto-submitted",
                                       "return-path", "received"};
  return name.size() >= 8 && equal_case(name.substr(0, 8), "content-")
             ? true
             : std::ranges::any_of(ours, [&](std::string_view other) { return equal_case(name, other); });
}

bool is_media_type(std::string_view type) {
  return std::ranges::count(type, '/') == 1 && std::ranges::all_of(type, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) || std::string_view("/.+-").contains(c);
         });
}

std::string header(std::string_view name, std::string_view value) {
  return std::string(name) + ": " + std::string(value) + "\r\n";
}

std::string words_header(std::string_view name, std::string_view text) {
  return header(name, header_words(text, name.size() + 2));
}

/// Plain ASCII, folded between words (RFC 5322 §2.2.3); nothing for what must be encoded.
std::optional<std::string> folded(std::string_view text, std::size_t used) {
  if (!std::ranges::all_of(text, is_printable) || text.contains("=?") || text.contains("  ")) return std::nullopt;
  if (text.starts_with(' ') || text.ends_with(' ')) return std::nullopt;
  std::string out;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' ', 1));
    if (word.size() > 75) return std::nullopt;
    if (used + word.size() > 76 && !out.empty()) {
      out += "\r\n";
      used = 0;
    }
    out += word;
    used += word.size();
    text.remove_prefix(word.size());
  }
  return out;
}

/// RFC 5322 §3.4: a display name is a quoted string or encoded words.
std::string mailbox(std::string_view name, std::string_view address, std::size_t used) {
  const auto bare = "<" + std::string(address) + ">";
  if (name.empty()) return bare;
  if (!std::ranges::all_of(name, is_printable)) return header_words(name, used) + "\r\n " + bare;
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\" " + bare;
}

std::string base64_lines(std::string_view bytes) {
  const auto all = base64(bytes);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += 76) out += all.substr(at, 76) + "\r\n";
  return out;
}

std::string text_part(std::string_view type, std::string_view text) {
  return header("Content-Type", std::string(type) + "; charset=utf-8") +
         header("Content-Transfer-Encoding", "quoted-printable") + "\r\n" + quoted_printable(text);
}

/// RFC 2231 §4 for names that need it.
std::string disposition(std::string_view name) {
  const bool plain = std::ranges::all_of(name, [](char c) { return is_printable(c) && c != '"' && c != '\\'; });
  return "attachment;\r\n " + (plain ? "filename=\"" + std::string(name) + "\"" : "filename*=UTF-8''" + percent(name));
}

std::string attachment_part(const Attachment& a) {
  return header("Content-Type", a.type) + header("Content-Transfer-Encoding", "base64") +
         header("Content-Disposition", disposition(a.name)) + "\r\n" + base64_lines(a.bytes);
}

/// The boundary begins with "=_", which neither quoted-printable nor base64 can contain.
std::string multipart(std::string_view subtype, const std::string& boundary, const std::vector<std::string>& parts) {
  std::string out = header("Content-Type", "multipart/" + std::string(subtype) + ";\r\n boundary=\"" + boundary + "\"");
  out += "\r\n";
  for (const auto& part : parts) out += "--" + boundary + "\r\n" + part + "\r\n";
  return out + "--" + boundary + "--\r\n";
}

/// RFC 5322 §3.3.
std::string mail_date(Time t) {
  auto date = http_date(t);
  return date.replace(date.size() - 3, 3, "+0000");
}

}  // namespace

Done check(const Mail& mail) {
  if (!text::is_email(mail.to)) return refuse(Why::invalid, {"mail.address"});
  bool sound = one_line(mail.subject) && text::valid_utf8(mail.subject) && is_field_name(mail.language);
  for (const auto& [name, value] : mail.headers)
    sound = sound && is_field_name(name) && !is_ours(name) && value.size() <= 900 &&
            std::ranges::all_of(value, is_printable);
  std::size_t size = mail.subject.size() + mail.text.size() + mail.html.size();
  for (const auto& a : mail.attachments) {
    sound = sound && one_line(a.name) && text::valid_utf8(a.name) && a.name.size() <= 255 && is_media_type(a.type);
    size += a.bytes.size();
  }
  if (!sound) return refuse(Why::invalid, {"mail.header"});
  if (size > Outbox::largest) return refuse(Why::too_large, {"mail.too-large"});
  return {};
}

std::string quoted_printable(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out, line;
  const auto put = [&](std::string_view piece) {
    if (line.size() + piece.size() > 75) {
      out += line + "=\r\n";
      line.clear();
    }
    line += piece;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      out += line + "\r\n";
      line.clear();
      continue;
    }
    const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n';
    if ((is_printable(c) && c != '=' && !(c == ' ' && ends_line)) || (c == '\t' && !ends_line)) {
      put({&c, 1});
    } else {
      const auto byte = static_cast<unsigned char>(c);
      const char escaped[] = {'=', digits[byte >> 4], digits[byte & 15]};
      put({escaped, 3});
    }
  }
  if (!line.empty()) out += line + "\r\n";
  return out;
}

std::string header_words(std::string_view text, std::size_t used) {
  if (auto plain = folded(text, used)) return *std::move(plain);
  // RFC 2047 §2 allows 75 characters a word, of which 12 are its frame.
  std::string out;
  while (!text.empty()) {
    const std::size_t room = (std::min<std::size_t>(75, 76 - std::min<std::size_t>(used, 40)) - 12) / 4 * 3;
    std::size_t n = std::min(room, text.size());
    while (n < text.size() && n > 0 && (static_cast<unsigned char>(text[n]) & 0xC0) == 0x80) --n;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(text.substr(0, n)) + "?=";
    text.remove_prefix(n);
    used = 1;
  }
  return out;
}

std::string compose(const Mail& mail, const Settings& settings, Id id, Time date) {
  const auto domain = settings.from.substr(settings.from.find('@') + 1);
  const auto boundary = "=_polder_" + str(id) + "_";
  std::string out = header("Date", mail_date(date));
  out += header("From", mailbox(settings.from_name, settings.from, 6));
  out += header("To", mailbox("", mail.to, 4));
  out += words_header("Subject", mail.subject);
  out += header("Message-ID", "<" + str(id) + "@" + domain + ">");
  out += header("Auto-Submitted", "auto-generated");
  out += header("Content-Language", mail.language);
  for (const auto& [name, value] : mail.headers) out += header(name, value);
  out += header("MIME-Version", "1.0");

  std::string body = text_part("text/plain", mail.text);
  if (!mail.html.empty()) body = multipart("alternative", boundary + "a", {body, text_part("text/html", mail.html)});
  if (mail.attachments.empty()) return out + body;
  std::vector<std::string> parts{body};
  for (const auto& a : mail.attachments) parts.push_back(attachment_part(a));
  return out + multipart("mixed", boundary + "m", parts);
}

}  // namespace polder::mail
