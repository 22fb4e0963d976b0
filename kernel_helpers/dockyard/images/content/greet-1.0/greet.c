/* greet [NAME]: a program that is small enough to compile while you watch. */
#include <stdio.h>

int main(int argc, char **argv)
{
    printf("Hello, %s, from a program that was compiled in an image.\n", argc > 1 ? argv[1] : "world");
    return 0;
}
