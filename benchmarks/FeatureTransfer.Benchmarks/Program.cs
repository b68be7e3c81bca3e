using System.Globalization;
using BenchmarkDotNet.Running;
using FeatureTransfer.Benchmarks.Against;
using FeatureTransfer.Benchmarks.Against.Node;
using FeatureTransfer.Benchmarks.Choosing;
using FeatureTransfer.Benchmarks.FineTuning;
using FeatureTransfer.Benchmarks.Gradients;
using FeatureTransfer.Benchmarks.Gradients.Torch;
using FeatureTransfer.Benchmarks.Load;
using FeatureTransfer.Benchmarks.Memory;
using FeatureTransfer.Benchmarks.Scale;
using FeatureTransfer.Benchmarks.Serving;
using FeatureTransfer.Benchmarks.Texts;

// A German or Turkish machine prints and reads the same numbers.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["--against", "scikit-learn", ..]:
        return ScikitLearn.Compare();
    case ["--against", "node", .. var rest]:
        using (var race = new ExtractionRace(RaceOptions.Parse(rest)))
            return race.Run();
    case ["--against", "opencv", .. var rest]:
        using (var race = new ExtractionRace(RaceOptions.Parse(rest), openCv: true))
            return race.Run();
    case ["--against", "torch-gradients", .. var rest]:
        return TorchGradients.Compare(rest);
    case ["--against", "torch-inference", .. var rest]:
        return InferenceRace.Run(rest);
    case ["--memory", .. var rest]:
        return MemoryGrowth.Measure(rest);
    case ["--load", .. var rest]:
        return PredictorLoad.Run(rest);
    case ["--serving", .. var rest]:
        return await ServingLoad.RunAsync(rest);
    case ["--training-memory", .. var rest]:
        return TrainingMemory.Measure(rest);
    case ["--training-step", .. var rest]:
        return TrainingStep.Run(rest);
    case ["--fine-tuning", .. var rest]:
        return FineTuningComparison.Run(rest);
    case ["--scale"]:
        return ScaleSimulation.Run();
    case ["--texts", .. var rest]:
        return LearningCurve.Run(rest);
    case ["--advice", .. var rest]:
        return AdviceAgainstAll.Run(rest);
    case ["--text-speed", .. var rest]:
        return TextExtraction.Run(rest);
    case ["--training-epochs", .. var rest]:
        return TrainingEpochs.Run(rest);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
