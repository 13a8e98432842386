// SPDX-License-Identifier: BSL-1.0
#include "unit/nginx/scene.hpp"

using namespace steward::test;
using steward::adapters::basic;

namespace {

class nginx_sign_in : public nginx_scene {};

TEST_F(nginx_sign_in, by_user_and_password_is_what_others_take_it_for)
{
    serve("location /files { auth_basic here; auth_basic_user_file passwords; }");
    nginx->write("passwords", "ada:{PLAIN}p a=ss/wörd\n");
    nginx->write("files", "for Ada");
    EXPECT_EQ(client().get("/files").status, 401);
    EXPECT_EQ(client({.auth = basic{"ada", "another"}}).get("/files").status, 401);
    EXPECT_EQ(client({.auth = basic{"ada", "p a=ss/wörd"}}).get("/files").body, "for Ada");
}

} // namespace
