#include "app/setup.h"

#include "app/program_test.h"

namespace polder::app {
namespace {

struct FirstStart : OnEach {
  const FormFields anna{{"name", "Anna"}, {"email", "anna@example.org"}, {"password", "a tall white heron"}};
};
ON_EACH(FirstStart);

TEST_P(FirstStart, WhoOpensThePrintedAddressBecomesTheAdministrator) {
  const auto path = begin_setup(program.house());
  ASSERT_TRUE(path);
  auto browser = program.visitor();
  EXPECT_EQ(browser.get('/' + *path).status, 200);
  const auto done = browser.post('/' + *path, anna);
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(done.header("location"), "/server");
  EXPECT_TRUE(browser.get("/server").has("You are the administrator of this server."));
  EXPECT_FALSE(begin_setup(program.house())) << "there is one now";
}

TEST_P(FirstStart, TheFirstSessionSaysWhichBrowserInAFewWordsToo) {
  const auto path = begin_setup(program.house());
  auto browser = program.visitor();
  browser.headers = {{"user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}};
  browser.post('/' + *path, anna);
  const auto sessions = browser.get("/account/sessions");
  EXPECT_TRUE(sessions.has("Firefox, Linux"));
  EXPECT_FALSE(sessions.has("Gecko"));
}

TEST_P(FirstStart, TheAddressWorksOnce) {
  const auto path = begin_setup(program.house());
  program.visitor().post('/' + *path, anna);
  auto second = program.visitor();
  EXPECT_EQ(second.get('/' + *path).status, 404);
  EXPECT_EQ(
      second.post('/' + *path, {{"name", "Eve"}, {"email", "eve@example.org"}, {"password", "a tall white heron"}})
          .status,
      404);
  EXPECT_EQ(program.id_of("eve@example.org"), Id{});
}

TEST_P(FirstStart, TheAddressWorksForADayAndAFreshStartReplacesIt) {
  const auto first = begin_setup(program.house());
  const auto second = begin_setup(program.house());
  EXPECT_EQ(program.visitor().get('/' + *first).status, 404);
  EXPECT_EQ(program.visitor().get('/' + *second).status, 200);
  program.clock.advance(day_ms + 1);
  EXPECT_EQ(program.visitor().post('/' + *second, anna).status, 404);
}

TEST_P(FirstStart, AWeakPasswordIsRefusedBesideItsFieldAndWhatWasTypedStays) {
  const auto path = begin_setup(program.house());
  auto browser = program.visitor();
  const auto refused =
      browser.post('/' + *path, {{"name", "Anna"}, {"email", "anna@example.org"}, {"password", "password1"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(refused.has("f-password-error"));
  EXPECT_TRUE(refused.has("value=\"anna@example.org\""));
  EXPECT_FALSE(refused.has("password1"));
  EXPECT_EQ(browser.post('/' + *path, anna).status, 303) << "the address was not spent on it";
}

TEST_P(FirstStart, TheAppointmentIsInTheServersRecord) {
  const auto path = begin_setup(program.house());
  program.visitor().post('/' + *path, anna);
  EXPECT_TRUE(program.visitor().get("/record").has("give a role to a person"));
}

}  // namespace
}  // namespace polder::app
