// Linux system calls (syscalls(2)): write(1, message, length), then exit(0).
    .global _start
    .text
_start:
    mov x0, #1
    adr x1, message
    mov x2, #(message_end - message)
    mov x8, #64
    svc #0
    mov x0, #0
    mov x8, #93
    svc #0

message:
    .incbin "message.txt"
message_end:
