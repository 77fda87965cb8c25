// A form with files, taken in pieces of every size; what is wrong with it; and a file given out again.
#include "kernel/web/receive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>

#include "kernel/web/download.h"
#include "kernel/web/router.h"

namespace polder::web {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

constexpr std::string_view form_type = "multipart/form-data; boundary=X1";
const std::string end = "--X1--\r\n";

std::string field(std::string_view name, std::string_view value) {
  return "--X1\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" + std::string(value) +
         "\r\n";
}
std::string file(std::string_view name, std::string_view file_name, std::string_view content) {
  return "--X1\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"; filename=\"" +
         std::string(file_name) + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + std::string(content) +
         "\r\n";
}
std::string pdf(std::size_t size = 100) { return "%PDF-1.7\n" + std::string(size - 9, 'x'); }

class Receiving : public testing::Test {
 protected:
  Receiving() {
    std::string name = (fs::temp_directory_path() / "polder-receive-XXXXXX").string();
    data = ::mkdtemp(name.data());
    files = std::make_unique<files::Files>(files::Files::open(data, clock, random, "secret", 0).value());
  }
  ~Receiving() override { fs::remove_all(data); }

  Result<Received> receive(std::string_view body, std::string_view type = form_type, std::size_t step = 1'000,
                           std::string_view name = "") {
    TRY(auto receiver, Receiver::of(*files, type, name, takes));
    for (std::size_t at = 0; at < body.size(); at += step) CHECK_DONE(receiver->take(body.substr(at, step)));
    return receiver->finish();
  }
  std::string fault(std::string_view body, std::string_view type = form_type, std::string_view name = "") {
    const auto received = receive(body, type, 1'000, name);
    if (!received) return received.error().message.key;
    return received->faults.empty() ? "" : received->faults.front().message.key;
  }
  std::string kept(ReceivedFile& from) {
    const auto stored = files->keep(std::move(from.content)).value();
    std::string bytes;
    files->read(stored.id).value().read(0, std::size_t(stored.size), bytes);
    EXPECT_EQ(stored.sha256, crypto::sha256(bytes));
    return bytes;
  }
  std::size_t incoming() const {
    return std::size_t(std::distance(fs::directory_iterator(data / "incoming"), fs::directory_iterator()));
  }

  fs::path data;
  ManualClock clock{Time{1'795'000'000'000}};
  SeededRandom random{1};
  std::unique_ptr<files::Files> files;
  Takes takes{.files = 2, .each = 1u << 20, .kinds = {"pdf", "txt"}};
};

TEST_F(Receiving, AFormGivesItsFieldsAndItsFiles) {
  const auto body = field("title", "A plan\r\nfor rain") + file("plan", "../My plan.pdf", pdf(200'000)) +
                    field("answers.0", "yes") + file("notes", "notes.txt", "--X1 is not a boundary here") + end;
  auto received = receive(body);
  ASSERT_TRUE(received);
  EXPECT_TRUE(received->whole());
  EXPECT_EQ(boost::json::serialize(received->fields), R"({"title":"A plan\r\nfor rain","answers":{"0":"yes"}})");
  ASSERT_EQ(received->files.size(), 2u);
  EXPECT_EQ(received->files[0].field, "plan");
  EXPECT_EQ(received->files[0].name, "My plan.pdf");
  EXPECT_EQ(received->files[0].kind.mime, "application/pdf");
  EXPECT_EQ(kept(received->files[0]), pdf(200'000));
  EXPECT_EQ(kept(received->files[1]), "--X1 is not a boundary here");
}

TEST_F(Receiving, InWhateverPiecesItComesItIsTheSame) {
  const auto content = "%PDF-1.4\r\n--X\r--X1\r\n--\r\n--X" + std::string(70'000, '\r') + "\r\n--X2";
  const auto body = field("a", "1") + file("f", "a.pdf", content) + field("b", "\r\n--X") + end;
  for (const std::size_t step : {1, 2, 3, 5, 7, 64, 4'096, 1'000'000}) {
    auto received = receive(body, form_type, step);
    ASSERT_TRUE(received) << step;
    EXPECT_EQ(boost::json::serialize(received->fields), R"({"a":"1","b":"\r\n--X"})");
    ASSERT_EQ(received->files.size(), 1u);
    EXPECT_EQ(kept(received->files[0]), content) << step;
  }
}

TEST_F(Receiving, AFieldInWhichNothingWasChosenIsNoFile) {
  auto received = receive(field("a", "1") + file("f", "", "") + end);
  ASSERT_TRUE(received);
  EXPECT_TRUE(received->files.empty() && received->faults.empty());
}

TEST_F(Receiving, WhatIsWrongWithAFileIsSaidBesideItsFieldAndTheWordsAreKept) {
  struct Case {
    std::string part, key;
  };
  for (const auto& [part, key] :
       {Case{file("f", "a.pdf", pdf((1u << 20) + 1)), "web.file-too-large"},
        Case{file("f", "a.pdf", ""), "web.file-empty"}, Case{file("f", "a.exe", "MZ"), "files.type-not-taken"},
        Case{file("f", "a.pdf", "MZ\x90"), "files.type-differs"},
        Case{file("f", "a.pdf", std::string(500'000, 'x')), "files.type-differs"},
        Case{file("f", "", "words"), "files.type-not-taken"}}) {
    auto received = receive(part + field("title", "kept") + end);
    ASSERT_TRUE(received) << key;
    EXPECT_EQ(boost::json::serialize(received->fields), R"({"title":"kept"})");
    EXPECT_TRUE(received->files.empty());
    ASSERT_EQ(received->faults.size(), 1u) << key;
    EXPECT_EQ(received->faults[0].field, "f");
    EXPECT_EQ(received->faults[0].message.key, key);
    EXPECT_EQ(received->whole().error().fields, received->faults);
    EXPECT_EQ(incoming(), 0u) << "nothing of it stays on the disk";
  }
}

TEST_F(Receiving, OneFileTooManyIsNotTaken) {
  auto received = receive(file("f", "1.txt", "1") + file("f", "2.txt", "2") + file("f", "3.txt", "3") + end);
  ASSERT_TRUE(received);
  EXPECT_EQ(received->files.size(), 2u);
  ASSERT_EQ(received->faults.size(), 1u);
  EXPECT_EQ(received->faults[0].message.key, "web.files-too-many");
}

TEST_F(Receiving, WhatIsNoFormEndsAtOnceAndLeavesNothing) {
  const auto good = file("f", "a.pdf", pdf());
  for (std::size_t cut = 1; cut < good.size(); cut += 7)
    EXPECT_EQ(fault(good.substr(0, cut)), "web.form-broken") << cut;
  EXPECT_EQ(fault(good + end, "multipart/form-data"), "web.form-broken") << "no boundary";
  EXPECT_EQ(fault(good + end, "multipart/form-data; boundary=" + std::string(71, 'a')), "web.form-broken");
  EXPECT_EQ(fault("--X1\r\nX: " + std::string(1 << 20, 'a')), "web.form-broken") << "a head without end";
  EXPECT_EQ(fault("--X1\r\nContent-Disposition: form-data; name=\"" + std::string(3'000, 'a') + "\"\r\n\r\n\r\n" + end),
            "web.form-broken")
      << "a name beyond all names";
  std::string many;
  for (int i = 0; i < 2'001; ++i) many += field("a", "");
  EXPECT_EQ(fault(many + end), "web.form-broken");
  EXPECT_EQ(fault(field("a", std::string(form_limit + 1, 'a')) + end), "web.form-too-large");
  std::string fields;
  for (int i = 0; i < 300; ++i) fields += field("a", std::string(1'000, 'a'));
  EXPECT_EQ(fault(fields + end), "web.form-too-large") << "all fields together";
  EXPECT_EQ(incoming(), 0u);
}

TEST_F(Receiving, ARawBodyIsOneFile) {
  auto received = receive(pdf(100'000), "application/pdf", 4'096, "a/b/plan.pdf");
  ASSERT_TRUE(received);
  ASSERT_EQ(received->files.size(), 1u);
  EXPECT_EQ(received->files[0].name, "plan.pdf");
  EXPECT_EQ(kept(received->files[0]), pdf(100'000));
  EXPECT_EQ(fault(pdf(), "application/octet-stream"), "files.type-not-taken")
      << "without a name nobody knows what it is";
  EXPECT_EQ(fault("MZ", "application/pdf", "a.pdf"), "files.type-differs");
  EXPECT_EQ(fault("", "application/pdf", "a.pdf"), "web.file-empty");
  EXPECT_EQ(incoming(), 0u);
}

TEST_F(Receiving, ARawBodyOfTheWrongKindEndsBeforeItHasAllCome) {
  auto receiver = Receiver::of(*files, "application/pdf", "a.pdf", takes).value();
  Done taken;
  std::size_t sent = 0;
  for (const std::string piece(10'000, 'x'); taken && sent < 1'000'000; sent += piece.size())
    taken = receiver->take(piece);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().message.key, "files.type-differs");
  EXPECT_LE(sent, files::sample_size + 10'000);
}

TEST_F(Receiving, AFormWithoutFilesIsReadAsEver) {
  EXPECT_EQ(boost::json::serialize(receive("a=1&b.c=2", "application/x-www-form-urlencoded").value().fields),
            R"({"a":"1","b":{"c":"2"}})");
  EXPECT_EQ(boost::json::serialize(receive("", "").value().fields), "{}");
  EXPECT_EQ(fault("a=" + std::string(form_limit, 'a'), "application/x-www-form-urlencoded"), "web.form-too-large");
}

TEST_F(Receiving, AFullDiskEndsTheUpload) {
  files =
      std::make_unique<files::Files>(files::Files::open(data, clock, random, "secret", std::uint64_t(1) << 62).value());
  const auto received = receive(file("f", "a.pdf", pdf()) + end);
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().why, Why::unavailable);
  EXPECT_EQ(incoming(), 0u);
}

TEST(Receiver, OfAnyBytesTakesOrRefusesInWords) {
  std::string name = (fs::temp_directory_path() / "polder-receive-XXXXXX").string();
  const fs::path data = ::mkdtemp(name.data());
  ManualClock clock{Time{1}};
  SeededRandom random{1};
  auto files = files::Files::open(data, clock, random, "secret", 0).value();
  EXPECT_TRUE(rc::check([&] {
    std::string body;
    const auto pieces = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("--X1", "\r\n", "--", "\r\n--X1", "Content-Disposition: form-data; name=\"a\"",
                                      "; filename=\"a.txt\"", "\r\n\r\n", "x", "--X1--"));
    for (const auto& piece : pieces) body += piece;
    const auto step = *rc::gen::inRange<std::size_t>(1, 20);
    auto once = Receiver::of(files, form_type, "", {.kinds = {"txt"}}).value();
    auto pieced = Receiver::of(files, form_type, "", {.kinds = {"txt"}}).value();
    Done a = once->take(body), b;
    for (std::size_t at = 0; at < body.size() && b; at += step) b = pieced->take(body.substr(at, step));
    const auto first = a ? once->finish() : Result<Received>(std::unexpected(a.error()));
    const auto second = b ? pieced->finish() : Result<Received>(std::unexpected(b.error()));
    RC_ASSERT(first.has_value() == second.has_value());
    if (!first) RC_ASSERT(first.error().message == second.error().message);
    if (first) RC_ASSERT(first->fields == second->fields && first->files.size() == second->files.size());
  }));
  fs::remove_all(data);
}

// ---- Given out again ----

class Downloading : public Receiving {
 protected:
  http::Response download_with(std::vector<std::pair<std::string, std::string>> headers, std::string_view etag = "e") {
    http::Request request;
    request.headers = std::move(headers);
    return download(request, files->read(id).value(), "application/pdf", "Plän.pdf", etag);
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
      if (key == name) return value;
    return "";
  }
  static std::string body(const http::Response& response) {
    std::string all, piece;
    for (bool more = bool(response.stream); more; all += piece) more = response.stream(piece);
    EXPECT_EQ(all.size(), response.length.value_or(0));
    return all;
  }
  void SetUp() override {
    auto incoming = files->receive().value();
    ASSERT_TRUE(incoming.write("0123456789"));
    id = files->keep(std::move(incoming)).value().id;
  }
  std::string id;
};

TEST_F(Downloading, IsForTheDiskAndNeverForTheBrowserToShow) {
  const auto response = download_with({});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(body(response), "0123456789");
  EXPECT_EQ(header(response, "content-disposition"),
            "attachment; filename=\"Pl_n.pdf\"; filename*=UTF-8''Pl%C3%A4n.pdf");
  EXPECT_EQ(header(response, "x-content-type-options"), "nosniff");
  EXPECT_EQ(header(response, "content-security-policy"), "sandbox; default-src 'none'");
  EXPECT_EQ(header(response, "content-type"), "application/pdf");
}

TEST_F(Downloading, GoesOnWhereItBrokeOff) {
  struct Case {
    const char *range, *bytes, *said;
    int status;
  };
  for (const auto& [range, bytes, said, status] :
       {Case{"bytes=4-", "456789", "bytes 4-9/10", 206}, Case{"bytes=0-0", "0", "bytes 0-0/10", 206},
        Case{"bytes=2-100", "23456789", "bytes 2-9/10", 206}, Case{"bytes=-3", "789", "bytes 7-9/10", 206},
        Case{"bytes=-100", "0123456789", "bytes 0-9/10", 206}, Case{"bytes=10-", "", "bytes */10", 416},
        Case{"bytes=-0", "", "bytes */10", 416}, Case{"bytes=5-4", "0123456789", "", 200},
        Case{"bytes=0-1,4-5", "0123456789", "", 200}, Case{"lines=1-2", "0123456789", "", 200},
        Case{"bytes=99999999999999999999-", "0123456789", "", 200}, Case{"bytes=-", "0123456789", "", 200}}) {
    const auto response = download_with({{"range", range}});
    EXPECT_EQ(response.status, status) << range;
    EXPECT_EQ(header(response, "content-range"), said) << range;
    EXPECT_EQ(body(response), bytes) << range;
  }
  EXPECT_EQ(download_with({{"range", "bytes=4-"}, {"if-range", "\"e\""}}).status, 206);
  EXPECT_EQ(download_with({{"range", "bytes=4-"}, {"if-range", "\"older\""}}).status, 200) << "it is another file now";
  EXPECT_EQ(download_with({{"range", "bytes=4-"}}, "").status, 200);
}

TEST_F(Downloading, IsSparedWhoHasTheFile) {
  const auto response = download_with({{"if-none-match", "\"x\", \"e\""}});
  EXPECT_EQ(response.status, 304);
  EXPECT_EQ(header(response, "etag"), "\"e\"");
  EXPECT_FALSE(response.stream);
}

}  // namespace
}  // namespace polder::web
