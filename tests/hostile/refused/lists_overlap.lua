-- S24: lists of names that seem to begin inside of each other, read by the program itself since Lua cannot.
local a < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c <
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < local b , c < 
function . function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. function . function . function . function . function . function . function . function 
. x (
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , a , 
b )
