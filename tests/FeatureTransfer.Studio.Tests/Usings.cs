global using FeatureTransfer.Studio.Session;
