#!/bin/sh
charmcraft fetch-lib charms.tempo_k8s.v1.charm_tracing
