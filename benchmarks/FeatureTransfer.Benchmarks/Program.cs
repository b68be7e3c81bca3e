using BenchmarkDotNet.Running;
using FeatureTransfer.Benchmarks.Against;

if (args is ["--against", "scikit-learn", ..])
    return ScikitLearn.Compare();

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
