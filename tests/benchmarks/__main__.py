"""`make bench`: what Willaq does in a second, beside a peer in the same run."""

import sys

from tests.benchmarks import announcing, million, reload, replies

if __name__ == "__main__":
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 8
    replies.main(seconds)
    reload.main(seconds)
    announcing.main()
    million.main()
