using System.Globalization;

namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>
/// The gradients of whole networks against PyTorch: every parameter, with the forward pass as the model has it and as training
/// rearranges it. <c>--against torch-gradients [NETWORK ...] [--worst]</c>
/// </summary>
internal static class TorchGradients
{
    private const double Allowed = 1e-3;
    private const int Repeats = 3;

    private static readonly string[] _networks = ["resnet18", "resnet50", "vgg16", "mobilenet_v2", "efficientnet_b0", "inception_v3", "bert", "bert_parts"];

    public static int Compare(string[] arguments)
    {
        if (TorchPython.Find() is not { } python)
        {
            Console.Error.WriteLine(TorchPython.Missing);
            return 1;
        }

        var threads = Environment.ProcessorCount;
        string[] named = [.. arguments.Where(argument => !argument.StartsWith('-'))];
        var good = true;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Relative error of the gradients of all parameters, {threads} threads; the reference is PyTorch in double precision"));
        Console.WriteLine($"{"network",-16} {"layout",-11} {"parameters",10}  {"largest",8} {"median",8}  {"loss",8} {"scores",8}  zero to rounding  same bits");
        foreach (var name in named is [] ? _networks : named)
        {
            using var network = new TorchNetwork(python, name, threads);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-16} {"PyTorch 32",-11} {network.Index.Gradients.Count,10}  {GradientErrors.LargestOfPeer(network.Index),8:0.0e+0} {GradientErrors.MedianOfPeer(network.Index),8:0.0e+0}"));
            foreach (var asTrained in new[] { false, true })
                good &= Compare(network, asTrained, threads, arguments.Contains("--worst"));
        }

        return good ? 0 : 1;
    }

    private static bool Compare(TorchNetwork network, bool asTrained, int threads, bool tellWorst)
    {
        using var run = new GradientRun(network, asTrained, threads);
        GradientErrors errors;
        using (var results = run.Run())
            errors = GradientErrors.Of(network, results);
        var same = run.Repeats(Repeats);
        var vanished = errors.Vanished == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{errors.Vanished}, {errors.VanishedError:0.0e+0}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network.Name,-16} {(asTrained ? "as trained" : "as exported"),-11} {errors.Relative.Length + errors.Vanished,10}  {errors.Largest,8:0.0e+0} {errors.Median,8:0.0e+0}  {errors.LossDifference,8:0.0e+0} {errors.LogitError,8:0.0e+0}  {vanished,-16}  {(same ? "yes" : "NO")}"));
        if (tellWorst)
            Console.WriteLine($"{"",-16} largest in {errors.Worst}");
        return same && errors.Largest < Allowed && errors.VanishedError < Allowed;
    }
}
