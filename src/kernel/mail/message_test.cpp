#include "kernel/mail/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "kernel/base/encode.h"

namespace polder::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

const Settings settings{.from = "post@polder.example", .from_name = "Ministry of Dikes"};

std::string composed(const Mail& mail) {
  return compose(mail, settings, Id{12345}, *parse_time("2026-11-22T18:04:05Z"));
}

/// What a reader makes of encoded words (RFC 2047 §6.2: white space between two of them is no space).
std::string decoded(std::string_view text) {
  std::string out;
  for (bool after_word = false; !text.empty();) {
    if (const auto gap = text.find_first_not_of(" \r\n");
        after_word && gap != std::string_view::npos && text.substr(gap).starts_with("=?"))
      text.remove_prefix(gap);
    if (text.starts_with("=?UTF-8?B?")) {
      const auto end = text.find("?=");
      out += unbase64(text.substr(10, end - 10)).value();
      text.remove_prefix(end + 2);
      after_word = true;
    } else {
      if (!text.starts_with("\r\n")) out += text.front();
      text.remove_prefix(text.starts_with("\r\n") ? 2 : 1);
      after_word = false;
    }
  }
  return out;
}

std::string unquoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 3) == "=\r\n") {
      i += 2;
    } else if (text[i] == '=') {
      out += unhex(std::string{char(std::tolower(text[i + 1])), char(std::tolower(text[i + 2]))}).value();
      i += 2;
    } else if (text[i] != '\r') {
      out += text[i];
    }
  }
  return out;
}

std::size_t longest_line(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    longest = std::max(longest, std::min(end, text.size()));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
  }
  return longest;
}

rc::Gen<std::string> any_line() {
  return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8)), [](const auto& picks) {
    constexpr std::string_view pieces[] = {"a",          " ",  "dijk", "\u00EB",
                                           "\U0001F30A", "=?", "?=",   "verylongwordwithoutanyspaceinit"};
    std::string out;
    for (const int pick : picks) out += pieces[pick];
    return out;
  });
}

TEST(Message, IsExactlyThis) {
  EXPECT_EQ(composed({.to = "jan@example.org",
                      .subject = "Your answer",
                      .text = "Thank you.\nZo\u00EB\n",
                      .headers = {{"List-Unsubscribe", "<https://x.example/u>"}}}),
            "Date: Sun, 22 Nov 2026 18:04:05 +0000\r\n"
            "From: \"Ministry of Dikes\" <post@polder.example>\r\n"
            "To: <jan@example.org>\r\n"
            "Subject: Your answer\r\n"
            "Message-ID: <0000000000c1s@polder.example>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "Content-Language: en\r\n"
            "List-Unsubscribe: <https://x.example/u>\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "Thank you.\r\n"
            "Zo=C3=AB\r\n");
}

TEST(Message, CarriesAPageAndAReceiptBesideTheWords) {
  const auto message = composed({.to = "a@b.c",
                                 .subject = "s",
                                 .text = "words",
                                 .html = "<p>words</p>",
                                 .attachments = {{"receipt.tlog-proof", "text/plain", std::string(100, '\xFF')},
                                                 {"\u00E9.txt", "text/plain", ""}}});
  EXPECT_THAT(message, HasSubstr("Content-Type: multipart/mixed;\r\n "
                                 "boundary=\"=_polder_0000000000c1s_m\"\r\n\r\n--=_polder_0000000000c1s_m\r\n"
                                 "Content-Type: multipart/alternative;\r\n "
                                 "boundary=\"=_polder_0000000000c1s_a\"\r\n\r\n--=_polder_0000000000c1s_a\r\n"
                                 "Content-Type: text/plain; charset=utf-8\r\n"));
  EXPECT_THAT(message, HasSubstr("<p>words</p>"));
  EXPECT_THAT(message, HasSubstr("filename=\"receipt.tlog-proof\"\r\n\r\n" + base64(std::string(57, '\xFF')) + "\r\n"));
  EXPECT_THAT(message, HasSubstr("filename*=UTF-8''%C3%A9.txt"));
  EXPECT_TRUE(message.ends_with("--=_polder_0000000000c1s_m--\r\n"));
}

TEST(Message, NobodyCanAddALineToItsHead) {
  const auto refused = [](Mail mail) {
    if (mail.to.empty()) mail.to = "a@b.c";
    const auto done = check(mail);
    return done ? std::string("fine") : done.error().message.key;
  };
  EXPECT_EQ(refused({.subject = "ok"}), "fine");
  EXPECT_EQ(refused({.subject = "x\r\nBcc: a@b.c"}), "mail.header");
  EXPECT_EQ(refused({.subject = "x\nBcc: a@b.c"}), "mail.header");
  EXPECT_EQ(refused({.subject = "\xFF"}), "mail.header");
  EXPECT_EQ(refused({.to = "a@b.c\r\nBcc: d@e.f"}), "mail.address");
  EXPECT_EQ(refused({.to = "a@b.c>, <d@e.f"}), "mail.address");
  EXPECT_EQ(refused({.headers = {{"List-Unsubscribe", "<x>\r\nBcc: a@b.c"}}}), "mail.header");
  EXPECT_EQ(refused({.headers = {{"X: y\r\nBcc", "a@b.c"}}}), "mail.header");
  EXPECT_EQ(refused({.headers = {{"bcc", "a@b.c"}}}), "mail.header");
  EXPECT_EQ(refused({.headers = {{"Content-Transfer-Encoding", "8bit"}}}), "mail.header");
  EXPECT_EQ(refused({.language = "en\r\nX: y"}), "mail.header");
  EXPECT_EQ(refused({.attachments = {{"a\r\nb", "text/plain", ""}}}), "mail.header");
  EXPECT_EQ(refused({.attachments = {{"a", "text/plain\r\nX: y", ""}}}), "mail.header");
  EXPECT_EQ(refused({.text = std::string(Outbox::largest + 1, 'x')}), "mail.too-large");
}

TEST(Message, ASendersNameIsQuoted) {
  const auto from = [](std::string name) {
    return compose({.to = "a@b.c"}, {.from = "p@d.example", .from_name = std::move(name)}, Id{1}, Time{0});
  };
  EXPECT_THAT(from("A \"B\" <c@d>"), HasSubstr("From: \"A \\\"B\\\" <c@d>\" <p@d.example>\r\n"));
  EXPECT_THAT(from("Minist\u00E8re"), HasSubstr("From: =?UTF-8?B?TWluaXN0w6hyZQ==?=\r\n <p@d.example>\r\n"));
  EXPECT_THAT(from(""), HasSubstr("From: <p@d.example>\r\n"));
}

TEST(Message, ALongPlainSubjectIsFoldedBetweenWords) {
  const std::string subject = "The dike along the river is to be raised by half a metre before the winter of next year";
  const auto words = header_words(subject, 9);
  EXPECT_THAT(words, Not(HasSubstr("=?")));
  EXPECT_THAT(words, HasSubstr("\r\n "));
  EXPECT_EQ(decoded(words), subject);
}

RC_GTEST_PROP(Message, ASubjectIsReadAsItWasWritten, ()) {
  const auto subject = *any_line();
  const auto words = header_words(subject, 9);
  RC_ASSERT(decoded(words) == subject);
  RC_ASSERT(longest_line("Subject: " + words) <= 76u);
  RC_ASSERT(words.find_first_of("\x80\xFF") == std::string::npos);
}

RC_GTEST_PROP(Message, ABodyIsReadAsItWasWritten, (const std::vector<std::string>& lines)) {
  std::string text;
  for (const auto& line : lines) {
    text += line + *any_line();
    std::erase(text, '\r');
    text += "\n";
  }
  const auto encoded = quoted_printable(text);
  RC_ASSERT(unquoted(encoded) == text);
  RC_ASSERT(longest_line(encoded) <= 76u);
  RC_ASSERT(std::ranges::all_of(
      encoded, [](unsigned char c) { return c == '\r' || c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7F); }));
  RC_ASSERT(encoded.find(" \r\n") == std::string::npos);
}

}  // namespace
}  // namespace polder::mail
