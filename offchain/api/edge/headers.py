"""Headers of every answer: what browsers must not do with it."""

from offchain.api.options import ApiOptions

Headers = list[tuple[bytes, bytes]]


def security_headers(options: ApiOptions) -> Headers:
    """For any answer, API or page; pages bring no inline script and load nothing from elsewhere."""
    headers = {
        "content-security-policy": _policy(options.connect),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
    if options.hsts:
        headers["strict-transport-security"] = "max-age=31536000"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _policy(connect: tuple[str, ...]) -> str:
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": " ".join(["'self'", *connect]),
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
