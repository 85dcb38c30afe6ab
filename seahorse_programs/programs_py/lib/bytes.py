# Borsh encoding of instruction arguments for CPI data: little-endian, a bool is one byte.
from seahorse.prelude import *


def put_u64(data: List[u8], x: u64):
    for b in int_bytes(x):
        data.append(b)


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
