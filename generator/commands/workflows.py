"""The workflows that `morgue new --ci` writes: check every change, deploy the main branch."""

from collections.abc import Mapping
from types import MappingProxyType

_GITHUB = """\
# Checks every change of the archive, and deploys the main branch to the target in site.yaml.
# Pages have to be kept between runs, so that only what changed is built: the cache does that.
name: Archive

on:
  push:
    branches: [main]
  pull_request:
  schedule:
    - cron: "5 * * * *" # every hour: an embargo ends without anybody's push
  workflow_dispatch:

permissions:
  contents: write # to push the branch of git+https targets; "read" is enough for all others

jobs:
  archive:
    runs-on: ubuntu-latest
    concurrency: # one at a time; a deploy that has begun is not broken off
      group: archive-${{ github.ref }}
      cancel-in-progress: false
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - uses: actions/cache@v4
        with:
          path: |
            .morgue
            build
          key: morgue-${{ github.ref_name }}-${{ github.run_id }}
          restore-keys: |
            morgue-${{ github.ref_name }}-
            morgue-
      # With the extra of your target, if it has one: morgue[s3], [gs], [az], [sftp], [brotli]
      - run: pip install morgue
      - run: morgue build --strict
        if: github.event_name == 'pull_request'
      - run: morgue deploy
        if: github.event_name != 'pull_request' && github.ref == 'refs/heads/main'
        env: # the secrets of your target, from the settings of the repository
          MORGUE_GIT_TOKEN: ${{ github.token }}
          AWS_ACCESS_KEY_ID: ${{ secrets.AWS_ACCESS_KEY_ID }}
          AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}
"""

_GITLAB = """\
# Checks every change of the archive, and deploys the main branch to the target in site.yaml.
# Pages have to be kept between runs, so that only what changed is built: the cache does that.
default:
  image: python:3.13
  cache:
    key: morgue-$CI_COMMIT_REF_SLUG
    fallback_keys: [morgue-main]
    paths: [.morgue/, build/]
  before_script:
    # With the extra of your target, if it has one: morgue[s3], [gs], [az], [sftp], [brotli]
    - pip install morgue

check:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - morgue build --strict

deploy:
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  resource_group: archive # one at a time
  environment: production
  script:
    # The secrets of your target (AWS_ACCESS_KEY_ID, MORGUE_GIT_TOKEN …) are variables of the project.
    - morgue deploy
"""

WORKFLOWS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"github": (".github/workflows/archive.yml", _GITHUB), "gitlab": (".gitlab-ci.yml", _GITLAB)}
)
"""The file of each service, relative to the site, and its text."""
