// SPDX-License-Identifier: BSL-1.0
#include "names.hpp"

#include <gtest/gtest.h>

using namespace steward::gen;

namespace {

TEST(names_in_a_header, are_the_nearest_identifiers)
{
    EXPECT_EQ(identifier_for("process_data"), "process_data");
    EXPECT_EQ(identifier_for("process-data"), "process_data");
    EXPECT_EQ(identifier_for("a  b//c"), "a_b_c");
    EXPECT_EQ(identifier_for("3rd"), "n3rd");
    EXPECT_EQ(identifier_for("?!"), "n");
    EXPECT_EQ(identifier_for("Größe"), "Gr_e");
}

TEST(names_in_a_header, are_never_keywords_or_those_that_cpp_keeps_for_itself)
{
    EXPECT_EQ(identifier_for("class"), "class_");
    EXPECT_EQ(identifier_for("a__b"), "a_b");
    EXPECT_EQ(identifier_for("_Tidy"), "Tidy");
}

TEST(names_in_a_header, are_none_that_it_uses_itself)
{
    EXPECT_EQ(identifier_for("std"), "std_");
    EXPECT_EQ(identifier_for("steward"), "steward_");
    EXPECT_EQ(identifier_for("needs"), "needs_");
    EXPECT_EQ(identifier_for("functions"), "functions_");
}

TEST(names_in_a_header, are_no_macros)
{
    EXPECT_EQ(identifier_for("EOF"), "EOF_");
    EXPECT_EQ(identifier_for("errno"), "errno_");
}

TEST(names_of_namespaces, are_none_that_a_c_library_has)
{
    EXPECT_EQ(namespace_for("main"), "main_");
    EXPECT_EQ(namespace_for("read"), "read_");
    EXPECT_EQ(namespace_for("order-processor"), "order_processor");
}

TEST(names_in_a_header, differ_from_each_other)
{
    name_scope scope;
    EXPECT_EQ(scope.take("a-b"), "a_b");
    EXPECT_EQ(scope.take("a b"), "a_b_2");
    EXPECT_EQ(scope.take("a_b_2"), "a_b_2_2");
}

TEST(names_of_functions, may_have_namespaces)
{
    EXPECT_TRUE(is_qualified_name("load"));
    EXPECT_TRUE(is_qualified_name("::load"));
    EXPECT_TRUE(is_qualified_name("shop::orders::load"));
    for (const char* wrong : {"", "::", "a::", "a:b", "a::::b", "a.b", "a b", "new", "a::new", "load()", "1st", "a<b>"})
        EXPECT_FALSE(is_qualified_name(wrong)) << wrong;
}

TEST(names_of_types, may_have_template_arguments)
{
    EXPECT_TRUE(is_type_name("shop::cache"));
    EXPECT_TRUE(is_type_name("shop::cache<3, std::string>"));
    EXPECT_TRUE(is_type_name("shop::pools<int, 3>::cache"));
    for (const char* wrong :
         {"", "<x>", "cache<3", "cache<3>>", "cache<3>;", "cache<\"x\">", "shop.cache", "pkg:Class"})
        EXPECT_FALSE(is_type_name(wrong)) << wrong;
}

TEST(names_of_headers, are_in_quotes_or_angle_brackets)
{
    EXPECT_TRUE(is_header("orders.hpp"));
    EXPECT_TRUE(is_header("<orders/load.hpp>"));
    for (const char* wrong : {"", "<>", "<x", "x>", "a\"b", "a\\b"})
        EXPECT_FALSE(is_header(wrong)) << wrong;
}

TEST(literals, escape_what_cpp_would_read_otherwise)
{
    EXPECT_EQ(literal("a\"b\\c"), R"("a\"b\\c")");
    EXPECT_EQ(literal("a\nb\tc"), R"("a\nb\011c")");
    EXPECT_EQ(literal("Ада"), "\"Ада\"");
    EXPECT_EQ(literal("what?"
                      "?!"),
              R"("what?\?!")")
        << "no trigraph";
    EXPECT_EQ(literal("a\u202eb\u2066"), R"("a\u202eb\u2066")") << "nothing that turns what stands behind it";
}

} // namespace
