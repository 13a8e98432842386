// SPDX-License-Identifier: BSL-1.0
#include "fail.hpp"

#include <algorithm>
#include <array>

namespace steward::inline v0::adapters::detail {

mysql_failure mysql_failure::of(MYSQL* connection)
{
    return {mysql_errno(connection), mysql_error(connection), mysql_sqlstate(connection)};
}

mysql_failure mysql_failure::of(MYSQL_STMT* statement)
{
    return {mysql_stmt_errno(statement), mysql_stmt_error(statement), mysql_stmt_sqlstate(statement)};
}

// The numbers, not their names: the two libraries' headers do not have the same ones.
// https://mariadb.com/docs/server/reference/error-codes
// https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
database_errc portable_mysql_code(unsigned number) noexcept
{
    switch (number) {
    case 1205:                             // lock wait time-out
    case 3572: return database_errc::busy; // NOWAIT
    case 1213: return database_errc::deadlock;
    case 1020: // record has changed since it was read
    case 1615: // the statement has to be prepared anew, again and again
    case 1637: return database_errc::serialization_failure;
    case 1040: // too many connections
    case 1129: // the host is blocked
    case 1130: // the host may not connect
    case 1203: // too many connections of that user
    case 1226: // another limit of that user
    case 2001:
    case 2002:
    case 2003:
    case 2004:
    case 2005:
    case 2007:
    case 2009:
    case 2012:
    case 2026: // TLS
    case 2054:
    case 2058:
    case 2059:
    case 2061: return database_errc::cannot_connect;
    case 1053: // shutdown in progress
    case 1080:
    case 1152:
    case 1158:
    case 1159:
    case 1160:
    case 1161:
    case 1184:
    case 1927: // connection was killed
    case 2006: // server has gone away
    case 2013: // lost during query
    case 2014: // out of sync
    case 2027: // malformed packet
    case 2055:
    case 3169:                                        // session was killed
    case 4031: return database_errc::connection_lost; // idle for too long
    case 1969:                                        // max_statement_time
    case 3024: return database_errc::timed_out;       // max_execution_time
    case 1022:
    case 1062:
    case 1169:
    case 1586: return database_errc::unique_violation;
    case 1048:
    case 1263:
    case 1364:
    case 1566: return database_errc::not_null_violation;
    case 1216:
    case 1217:
    case 1451:
    case 1452:
    case 1761:
    case 1762: return database_errc::foreign_key_violation;
    case 3819:
    case 4025: return database_errc::check_violation;
    case 1369: // view with check option
    case 1526: // no partition for the value
    case 1748: return database_errc::constraint_violation;
    case 1046: // no database selected
    case 1049: // unknown database
    case 1050: // table exists already
    case 1051:
    case 1052:
    case 1054:
    case 1055:
    case 1056:
    case 1060:
    case 1061:
    case 1064:
    case 1065: // empty
    case 1066:
    case 1072:
    case 1091:
    case 1103:
    case 1109:
    case 1110:
    case 1111:
    case 1136: // wrong number of values
    case 1146:
    case 1149:
    case 1193:
    case 1222:
    case 1231:
    case 1235:
    case 1241:
    case 1242:
    case 1295:
    case 1305:
    case 1318:
    case 1390: // too many placeholders
    case 1582: return database_errc::invalid_statement;
    case 1264:
    case 1265:
    case 1292: // incorrect value
    case 1366:
    case 1367:
    case 1406:
    case 1411:
    case 1416:
    case 1425:
    case 1690:
    case 3140:
    case 3156:
    case 4078: return database_errc::wrong_arguments;
    case 1179:
    case 1568: // its characteristics cannot change in it
    case 1192:
    case 1399:
    case 1400: return database_errc::transaction_state;
    case 1036:
    case 1290:
    case 1792:
    case 1836:
    case 3100: return database_errc::read_only;
    case 1044:
    case 1045:
    case 1095:
    case 1142:
    case 1143:
    case 1227:
    case 1251:
    case 1370:
    case 1396:
    case 1410:
    case 1698:
    case 1820:
    case 1862: return database_errc::permission_denied;
    case 1021:
    case 1114: // the table is full
    case 1534: return database_errc::out_of_space;
    case 1037:
    case 1038:
    case 1041:
    case 2008: return database_errc::out_of_memory;
    case 1118: // row size
    case 1153: // max_allowed_packet
    case 1301:
    case 2020: return database_errc::too_large;
    case 1034:
    case 1035:
    case 1194:
    case 1195:
    case 1712: return database_errc::corrupt;
    case 1317: return database_errc::interrupted;
    case 1023:
    case 1024:
    case 1026:
    case 1030: return database_errc::input_output;
    default: return database_errc::other;
    }
}

bool ends_the_mysql_connection(unsigned number) noexcept
{
    // After an error of the client's own nobody knows what is still on the wire. The server hangs up after 1153.
    const bool of_the_client = (number >= 2000 && number < 3000) || (number >= 5000 && number < 6000);
    return of_the_client || number == 1153 || portable_mysql_code(number) == database_errc::connection_lost;
}

namespace {

/// Errors whose text quotes names only.
constexpr std::array quoting_names{1046U, 1048U, 1049U, 1050U, 1051U, 1054U, 1060U, 1061U, 1091U, 1109U,
                                   1136U, 1142U, 1143U, 1146U, 1264U, 1305U, 1364U, 1406U, 3819U, 4025U};

} // namespace

std::string masked_mysql_reason(unsigned number, std::string_view reason)
{
    std::string result{reason};
    const bool of_the_server = number < 2000 || number >= 3000;
    if (!of_the_server || std::ranges::find(quoting_names, number) != quoting_names.end())
        return result;
    // What is quoted may have quotes of its own, so everything from the first to the last is masked; except for the name
    // of the key at the end of "Duplicate entry 'x' for key 'y'".
    const std::size_t first = result.find('\'');
    std::size_t last = result.rfind('\'');
    if (const std::size_t key = result.rfind(" for key '"); number == 1062 && key != std::string::npos && key > first)
        last = result.rfind('\'', key);
    if (first != std::string::npos)
        result.replace(first, last - first + 1, "'***'");
    return result;
}

std::string masked_mysql_statement(std::string_view sql)
{
    std::string result;
    const auto length_to = [](std::string_view text, std::string_view end) {
        const std::size_t at = text.find(end);
        return at == std::string_view::npos ? text.size() : at + end.size();
    };
    const auto length_of_quoted = [](std::string_view text) {
        std::size_t at = 1;
        while (at < text.size() && text[at] != text.front())
            at += text[at] == '\\' && text.front() != '`' ? 2 : 1;
        return std::min(at + 1, text.size());
    };
    while (!sql.empty()) {
        std::size_t length = 1;
        if (sql.front() == '\'' || sql.front() == '"') {
            // A doubled quote begins another literal, which is masked as well.
            length = length_of_quoted(sql);
            result += "'***'";
        } else if (sql.front() == '#' || sql.starts_with("-- ") || sql.starts_with("--\n") || sql.starts_with("--\t")) {
            length = length_to(sql, "\n");
            result += ' ';
        } else if (sql.starts_with("/*")) {
            length = length_to(sql, "*/");
            result += ' ';
        } else {
            if (sql.front() == '`')
                length = length_of_quoted(sql);
            result += sql.substr(0, length);
        }
        sql.remove_prefix(length);
    }
    return result;
}

} // namespace steward::inline v0::adapters::detail
