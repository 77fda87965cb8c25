// Finished pages: as fast as a file, and never older than the last act that touched them.
#include "kernel/web/page_cache.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <zlib.h>

#include <random>
#include <set>
#include <thread>

#include "kernel/http/policy.h"
#include "kernel/web/assets.h"
#include "kernel/web/finish.h"

namespace polder::web {
namespace {

std::string gunzip(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(4u << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = uInt(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = uInt(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  EXPECT_EQ(stream.avail_in, 0U);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string header(const http::Finished& page, std::string_view name) {
  const auto at = http::lower(page.head).find("\r\n" + std::string(name) + ": ");
  return at == std::string::npos
             ? ""
             : page.head.substr(at + name.size() + 4, page.head.find("\r\n", at + 2) - at - name.size() - 4);
}

class Cache : public testing::Test {
 protected:
  void keep(const std::string& address, std::vector<std::string> subjects, const std::string& html,
            const std::string& variant = "en") {
    cache.put(cache.ticket(), address, variant, std::move(subjects), html);
  }
  bool has(std::string_view address, std::string_view variant = "en") {
    return cache.find(address, variant, false, "") != nullptr;
  }

  ManualClock clock{Time{1'800'000'000'000}};
  PageCache cache{clock};
};

TEST_F(Cache, GivesTheBytesThatWereKept) {
  const std::string html = "<p>" + std::string(1'000, 'x') + "</p>";
  keep("/a", {"s"}, html);
  const auto plain = cache.find("/a", "en", false, ""), packed = cache.find("/a", "en", true, "");
  ASSERT_TRUE(plain && packed);
  EXPECT_EQ(plain->body, html);
  EXPECT_EQ(gunzip(packed->body), html);
  EXPECT_EQ(header(*packed, "content-encoding"), "gzip");
  EXPECT_EQ(header(*plain, "content-encoding"), "");
  for (const auto& page : {plain, packed}) {
    EXPECT_TRUE(page->head.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_EQ(header(*page, "content-length"), std::to_string(page->body.size()));
    EXPECT_EQ(header(*page, "cache-control"), "no-cache");
    EXPECT_NE(header(*page, "vary").find("accept-encoding"), std::string::npos);
    EXPECT_NE(header(*page, "content-security-policy"), "");
  }
  EXPECT_NE(header(*plain, "etag"), header(*packed, "etag")) << "other bytes, another tag";
  EXPECT_FALSE(has("/a", "nl"));
  EXPECT_FALSE(has("/b"));
}

TEST_F(Cache, SaysNotModifiedToWhoHasThePage) {
  keep("/a", {"s"}, std::string(1'000, 'x'));
  for (const bool gzip : {false, true}) {
    const auto page = cache.find("/a", "en", gzip, "");
    const std::string tag = header(*page, "etag");
    for (const auto& sent : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
      const auto answer = cache.find("/a", "en", gzip, sent);
      EXPECT_TRUE(answer->head.starts_with("HTTP/1.1 304 ")) << sent;
      EXPECT_EQ(answer->body, "");
      EXPECT_EQ(header(*answer, "etag"), tag) << "RFC 9110, 15.4.5";
      EXPECT_EQ(header(*answer, "content-length"), "");
      EXPECT_EQ(header(*answer, "vary"), header(*page, "vary"));
    }
    EXPECT_EQ(cache.find("/a", "en", gzip, "\"other\""), page);
    EXPECT_EQ(cache.find("/a", "en", !gzip, tag)->head.substr(9, 3), "200") << "it has other bytes";
  }
}

TEST_F(Cache, RenewsExactlyThePagesThatShowTheSubject) {
  keep("/list", {"one", "two"}, "list");
  keep("/one", {"one"}, "one");
  keep("/one", {"one"}, "een", "nl");
  keep("/three", {"three"}, "three");
  cache.renew({"one", "nobody"});
  EXPECT_FALSE(has("/list"));
  EXPECT_FALSE(has("/one"));
  EXPECT_FALSE(has("/one", "nl"));
  EXPECT_TRUE(has("/three"));
  EXPECT_EQ(cache.figures().pages, 1U);
}

TEST_F(Cache, APageOvertakenByAnActIsNotKept) {
  const auto ticket = cache.ticket();
  cache.renew({"one"});
  cache.put(ticket, "/one", "en", {"one"}, "as it was");
  EXPECT_FALSE(has("/one"));
  cache.put(ticket, "/two", "en", {"two"}, "untouched");
  EXPECT_TRUE(has("/two"));
  keep("/one", {"one"}, "as it is");
  EXPECT_TRUE(has("/one"));
  const auto before_clear = cache.ticket();
  cache.clear();
  cache.put(before_clear, "/three", "en", {"three"}, "x");
  EXPECT_FALSE(has("/three"));
}

TEST_F(Cache, ForgottenRenewalsAreNotTrusted) {
  const auto ticket = cache.ticket();
  cache.renew({"one"});
  std::vector<std::string> many;
  for (int i = 0; i < 100'001; ++i) many.push_back(std::to_string(i));
  cache.renew(many);
  cache.renew({"x"});  // the list of renewals has grown too long and begins anew
  cache.put(ticket, "/one", "en", {"one"}, "as it was");
  EXPECT_FALSE(has("/one"));
}

TEST_F(Cache, APageLastsAMinute) {
  keep("/a", {}, "x");
  clock.advance(60'000);
  EXPECT_TRUE(has("/a"));
  clock.advance(1);
  EXPECT_FALSE(has("/a"));
  keep("/a", {}, "y");
  EXPECT_TRUE(has("/a"));
  EXPECT_EQ(cache.figures().pages, 1U);
}

TEST_F(Cache, NeverHoldsMoreBytesThanItMay) {
  constexpr std::size_t most = 200'000;
  PageCache small(clock, most);
  std::mt19937_64 chance(7);
  for (int i = 0; i < 300; ++i) {
    std::string html(chance() % 30'000, '\0');
    for (auto& c : html) c = char(chance());
    small.put(small.ticket(), "/" + std::to_string(i), "en", {"all", std::to_string(i % 7)}, html);
    ASSERT_LE(small.figures().bytes, most);
  }
  EXPECT_GT(small.figures().pages, 1U);
  small.put(small.ticket(), "/huge", "en", {}, std::string(most + 1, 'x'));
  EXPECT_EQ(small.find("/huge", "en", false, ""), nullptr) << "one page larger than all";
  EXPECT_GT(small.figures().pages, 1U) << "and no other had to go for it";
  small.renew({"all"});
  EXPECT_EQ(small.figures().pages, 0U);
  EXPECT_EQ(small.figures().bytes, 0U);
}

TEST_F(Cache, AgreesWithAMapWhateverHappens) {
  EXPECT_TRUE(rc::check([&] {
    PageCache real(clock);
    std::map<std::string, std::pair<std::string, std::set<std::string>>> model;
    std::map<std::string, int> renewed;
    std::vector<std::pair<std::uint64_t, std::map<std::string, int>>> tickets;
    const auto subject = rc::gen::element<std::string>("a", "b", "c", "d");
    for (int step = 0; step < 60; ++step) {
      switch (*rc::gen::inRange(0, 3)) {
        case 0:
          tickets.emplace_back(real.ticket(), renewed);
          break;
        case 1: {
          const auto s = *subject;
          real.renew({s});
          ++renewed[s];
          std::erase_if(model, [&](const auto& page) { return page.second.second.contains(s); });
          break;
        }
        default: {
          if (tickets.empty()) break;
          auto [ticket, then] = *rc::gen::elementOf(tickets);
          const auto address = "/" + *subject, html = std::to_string(step);
          const auto listed = *rc::gen::container<std::vector<std::string>>(subject);
          const std::set<std::string> on_it(listed.begin(), listed.end());
          real.put(ticket, address, "en", listed, html);
          if (std::ranges::all_of(on_it, [&](const auto& s) { return then[s] == renewed[s]; }))
            model[address] = {html, on_it};
        }
      }
      for (const auto* address : {"/a", "/b", "/c", "/d"}) {
        const auto page = real.find(address, "en", false, "");
        const auto expected = model.find(address);
        RC_ASSERT((page != nullptr) == (expected != model.end()));
        if (page) {
          RC_ASSERT(page->body == expected->second.first);
        }
      }
    }
  }));
}

TEST_F(Cache, IsSafeFromManyThreads) {
  std::atomic<bool> stop = false;
  std::vector<std::jthread> readers;
  for (int t = 0; t < 3; ++t)
    readers.emplace_back([&] {
      while (!stop)
        if (const auto page = cache.find("/a", "en", true, "")) {
          EXPECT_FALSE(page->body.empty());
        }
    });
  for (int i = 0; i < 2'000; ++i) {
    keep("/a", {"s"}, std::to_string(i));
    cache.renew({"s"});
  }
  stop = true;
  readers.clear();
  EXPECT_EQ(cache.figures().pages, 0U);
}

TEST(Gzip, ComesBackAsItWas) {
  for (const std::size_t size : {0U, 1U, 255U, 1'000U, 1'000'000U}) {
    std::string bytes(size, '\0');
    std::mt19937_64 chance(size);
    for (auto& c : bytes) c = char(chance() % (size % 2 == 0 ? 4 : 256));
    EXPECT_EQ(gunzip(gzip(bytes)), bytes);
  }
}

TEST(Gzip, IsSentToThoseWhoTakeIt) {
  for (const auto* yes : {"gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "GZip", "*", "gzip;q=0.001", "x-gzip",
                          "deflate,gzip ; q=1"})
    EXPECT_TRUE(takes_gzip(yes)) << yes;
  for (const auto* no : {"", "identity", "br", "gzip;q=0", "gzip; q=0", "gzip;q=0.000", "gzipped", "*;q=0",
                         "*, gzip;q=0", "deflate;gzip"})
    EXPECT_FALSE(takes_gzip(no)) << no;
}

TEST(Asset, IsServedUnderANameThatChangesWithItsBytes) {
  const auto css = asset_at(asset("polder.css").text());
  ASSERT_NE(css, nullptr);
  EXPECT_TRUE(asset("polder.css").text().starts_with("/assets/polder-"));
  EXPECT_EQ(header(*css, "content-type"), "text/css; charset=utf-8");
  EXPECT_NE(header(*css, "cache-control").find("immutable"), std::string::npos);
  EXPECT_EQ(asset_at("/assets/nothing.css"), nullptr);
  EXPECT_EQ(asset_at("/assets/../LICENSE"), nullptr);
  EXPECT_EQ(asset("nothing").text(), "/assets/missing");
  const auto packed = asset_at(asset("polder.css").text(), true);
  EXPECT_EQ(gunzip(packed->body), css->body);
}

}  // namespace
}  // namespace polder::web
