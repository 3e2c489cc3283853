from charms.sample.v0.sample import Sample
