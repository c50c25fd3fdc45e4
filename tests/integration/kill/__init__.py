"""The kill harness: real edges, broker and servers, killed at random while alerts flow; then every alert is counted.

`python -m tests.integration.kill --help`
"""
