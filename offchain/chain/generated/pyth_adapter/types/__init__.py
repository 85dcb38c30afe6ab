import typing
from . import pin
from .pin import Pin, PinJSON
