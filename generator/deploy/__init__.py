"""Deploying: what stands in build/ brought to a host, in an order in which no visitor meets a broken link."""
