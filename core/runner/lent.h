/* lent: the functions that scripts may call, one name each; what they do and how they are used
 * stands beside them in the list, lent.c. */
#ifndef RUNNER_LENT_H
#define RUNNER_LENT_H

#include <lua.h>

int lent_card(lua_State *L);
int lent_section(lua_State *L);
int lent_yes_no(lua_State *L);
int lent_scale(lua_State *L);
int lent_choice(lua_State *L);
int lent_multi(lua_State *L);
int lent_number(lua_State *L);
int lent_text(lua_State *L);
int lent_date(lua_State *L);
int lent_option(lua_State *L);
int lent_test(lua_State *L);
int lent_phrases(lua_State *L);
int lent_call(lua_State *L);
int lent_agent(lua_State *L);
int lent_customer(lua_State *L);
int lent_system(lua_State *L);
int lent_yes(lua_State *L);
int lent_no(lua_State *L);
int lent_na(lua_State *L);
int lent_pick(lua_State *L);
int lent_value(lua_State *L);
int lent_excused(lua_State *L);
int lent_call_find(lua_State *L);
int lent_call_count(lua_State *L);
int lent_call_list(lua_State *L);
int lent_call_turn(lua_State *L);
int lent_call_talk(lua_State *L);
int lent_call_talk_share(lua_State *L);
int lent_call_longest_gap(lua_State *L);
int lent_call_overlap(lua_State *L);
int lent_call_silence(lua_State *L);
int lent_call_longest_silence(lua_State *L);
int lent_call_silences(lua_State *L);
int lent_call_holds(lua_State *L);
int lent_call_monologue(lua_State *L);
int lent_call_interruptions(lua_State *L);
int lent_call_pace(lua_State *L);
int lent_call_sentiment(lua_State *L);
int lent_plugin(lua_State *L);
int lent_file_starts(lua_State *L);
int lent_file_text(lua_State *L);
int lent_file_lines(lua_State *L);
int lent_file_rows(lua_State *L);
int lent_file_json(lua_State *L);
int lent_found_call(lua_State *L);
int lent_leave_out(lua_State *L);
int lent_time(lua_State *L);
int lent_decimal(lua_State *L);
int lent_duration(lua_State *L);
int lent_pcall(lua_State *L);
int lent_tostring(lua_State *L);
int lent_print(lua_State *L);
int lent_next(lua_State *L);
int lent_pairs(lua_State *L);
int lent_math_random(lua_State *L);
int lent_string_rep(lua_State *L);
int lent_string_char(lua_State *L);
int lent_string_find(lua_State *L);
int lent_string_match(lua_State *L);
int lent_string_gmatch(lua_State *L);
int lent_string_gsub(lua_State *L);
int lent_table_insert(lua_State *L);
int lent_table_remove(lua_State *L);
int lent_table_move(lua_State *L);
int lent_table_concat(lua_State *L);
int lent_table_pack(lua_State *L);
int lent_table_unpack(lua_State *L);
int lent_table_sort(lua_State *L);
int lent_utf8_char(lua_State *L);
int lent_string_format(lua_State *L);

#endif
