using BenchmarkDotNet.Running;
using FeatureTransfer.Benchmarks.Against;
using FeatureTransfer.Benchmarks.Against.Node;

switch (args)
{
    case ["--against", "scikit-learn", ..]:
        return ScikitLearn.Compare();
    case ["--against", "node", .. var rest]:
        using (var race = new ExtractionRace(RaceOptions.Parse(rest)))
            return race.Run();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
