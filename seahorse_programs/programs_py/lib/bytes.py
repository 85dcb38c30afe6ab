# Borsh encoding of instruction arguments for CPI data: little-endian, a bool is one byte.
# Byte by byte, because a loop over int_bytes costs twice the compute units.
from seahorse.prelude import *

BYTE = 255


def put_u64(data: List[u8], x: u64):
    data.append(u8(x & BYTE))
    data.append(u8((x >> 8) & BYTE))
    data.append(u8((x >> 16) & BYTE))
    data.append(u8((x >> 24) & BYTE))
    data.append(u8((x >> 32) & BYTE))
    data.append(u8((x >> 40) & BYTE))
    data.append(u8((x >> 48) & BYTE))
    data.append(u8(x >> 56))


# Two's complement.
def put_i64(data: List[u8], x: i64):
    for b in int_bytes(x):
        data.append(b)


def put_u8(data: List[u8], x: u8):
    data.append(x)


def put_bool(data: List[u8], x: bool):
    if x:
        data.append(1)
    else:
        data.append(0)
