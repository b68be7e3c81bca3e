global using FeatureTransfer.Inputs.Images;
