#include "kernel/web/router.h"

#include <gtest/gtest.h>

namespace polder::web {
namespace {

struct Caller {};
using http::Method;

class Table : public testing::Test {
 protected:
  Table() {
    for (const auto& [method, pattern] : std::initializer_list<std::pair<Method, std::string>>{
             {Method::get, "/"},
             {Method::get, "/account"},
             {Method::get, "/{platform}/"},
             {Method::get, "/{platform}/consultations/new"},
             {Method::get, "/{platform}/consultations/{slug}"},
             {Method::post, "/{platform}/consultations/{slug}"},
             {Method::get, "/{platform}/record/tile/{rest…}"},
         })
      router.add({method, pattern, Door::anyone, Keep::nothing, form_limit, {}});
  }
  std::string at(Method method, std::string_view path) {
    const auto found = router.find(method, path);
    if (found.route != nullptr) return found.route->pattern;
    return found.other_method ? "405" : "404";
  }
  Router<Caller> router;
};

TEST_F(Table, TheFirstRouteThatFitsAnswers) {
  EXPECT_EQ(at(Method::get, "/"), "/");
  EXPECT_EQ(at(Method::get, "/account"), "/account");
  EXPECT_EQ(at(Method::get, "/delta/"), "/{platform}/");
  EXPECT_EQ(at(Method::get, "/delta/consultations/new"), "/{platform}/consultations/new") << "declared before {slug}";
  EXPECT_EQ(at(Method::get, "/delta/consultations/water"), "/{platform}/consultations/{slug}");
}

TEST_F(Table, NamesAreHandedOver) {
  const std::string path = "/delta/consultations/water";
  const auto found = router.find(Method::post, path);
  EXPECT_EQ(found.params["platform"], "delta");
  EXPECT_EQ(found.params["slug"], "water");
  EXPECT_EQ(found.params["other"], "");
  const std::string tile = "/delta/record/tile/0/x001/067.p/8";
  EXPECT_EQ(router.find(Method::get, tile).params["rest"], "0/x001/067.p/8");
}

TEST_F(Table, HeadIsAnsweredByGetAndOtherMethodsAreToldApart) {
  EXPECT_EQ(at(Method::head, "/account"), "/account");
  EXPECT_EQ(at(Method::post, "/account"), "405");
  EXPECT_EQ(at(Method::del, "/delta/consultations/water"), "405");
  EXPECT_EQ(at(Method::post, "/nowhere"), "404");
}

TEST_F(Table, WhatNobodyDeclaredDoesNotExist) {
  for (const auto* path :
       {"/delta", "/delta/consultations", "/delta/consultations/", "//", "/delta/consultations/water/",
        "/delta/record/tile", "/delta/consultations/a/b", "//consultations/water"})
    EXPECT_EQ(at(Method::get, path), "404") << path;
  EXPECT_EQ(at(Method::get, "/delta/record/tile/"), "/{platform}/record/tile/{rest…}")
      << "the handler refuses an empty rest";
}

TEST(Pieces, ATrailingSlashIsAnEmptyLastPiece) {
  EXPECT_EQ(pieces("/a/b/"), (std::vector<std::string_view>{"a", "b", ""}));
  EXPECT_EQ(pieces("/"), std::vector<std::string_view>{});
  EXPECT_EQ(pieces("/a"), std::vector<std::string_view>{"a"});
}

}  // namespace
}  // namespace polder::web
