using System.CommandLine;
using FeatureTransfer.Export;
using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft export</c>: a bundle as one ONNX file, or as ML.NET's own model file.</summary>
internal static class ExportCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var bundle = new Argument<string>("bundle") { Description = "The .ftm file" };
        var output = new Argument<string>("output") { Description = "The file: .onnx, which plain ONNX Runtime runs, or .zip, which ML.NET's Model.Load opens" };
        var int8 = new Option<bool>("--int8") { Description = "Networks in 8-bit integers: smaller, and faster on CPUs; a model of texts has to be trained in them (ft train --precision int8)" };
        var calibrate = new Option<string[]>("--calibrate") { Description = $"{InputFiles.Description}, of the kind that the model will see, some 50: --int8 takes its ranges from these; not needed where the model was trained with int8", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var snippets = new Option<bool>("--snippets") { Description = "Writes a program in C# and one in Python beside the .onnx file that ask it about one input" };
        var threshold = new Option<double?>("--threshold") { Description = "The threshold of the answers, as in ft predict; default what training chose" };
        var command = new Command(
            "export",
            "Writes a bundle as one file for other programs: preprocessing of decoded pixels or token ids, backbone, trainer and labels as one ONNX graph, or ML.NET's own model file.\n\nExamples:\n  ft export out/quickstart/model.ftm photos.onnx --snippets\n  ft export out/quickstart/model.ftm photos.onnx --int8 --calibrate photos\n  ft export out/quickstart/model.ftm photos.zip") { bundle, output, int8, calibrate, snippets, threshold };
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            shell(parse),
            parse.GetValue(bundle)!,
            parse.GetValue(output)!,
            parse.GetValue(threshold),
            new Choice(parse.GetValue(int8), parse.GetValue(calibrate)!, parse.GetValue(snippets)),
            cancellationToken)));
        return command;
    }

    private static int Run(Shell shell, string path, string output, double? threshold, Choice choice, CancellationToken cancellationToken)
    {
        var toZip = Path.GetExtension(output).ToLowerInvariant() switch
        {
            ".onnx" => false,
            ".zip" => true,
            _ => throw new FeatureTransferException($"{output}: is neither an .onnx file, for plain ONNX Runtime, nor a .zip file, for ML.NET. Name the output so that it ends in one of both."),
        };
        if (choice.Calibration.Count > 0 && !choice.Int8)
            throw new FeatureTransferException("--calibrate names images for --int8. Add --int8, or leave --calibrate out.");
        if (toZip && (choice.Int8 || choice.Snippets || threshold is not null))
            throw new FeatureTransferException($"{output}: --int8, --snippets and --threshold belong to .onnx files; ML.NET's own file holds the model as it is. Leave them out.");
        using var bundle = Bundle.Load(path, CommandServices.Default with { Logger = shell.Log, Cancellation = cancellationToken }, threshold);
        Write(shell, toZip ? Zip(bundle, output) : bundle.ExportOnnx(output, choice.Options()));
        return ExitCodes.Ok;
    }

    private static IReadOnlyList<string> Zip(Bundle bundle, string output)
    {
        bundle.ExportMlNet(output);
        return [output];
    }

    private static void Write(Shell shell, IReadOnlyList<string> files)
    {
        var model = files[0].EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? OnnxModel.Load(files[0]) : null;
        if (shell.Json)
        {
            shell.WriteJson(new { Files = files, Bytes = new FileInfo(files[0]).Length, Inputs = model?.Inputs, Outputs = model?.Outputs });
            return;
        }

        foreach (var file in files)
            shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}  {new FileInfo(file).Length:N0} bytes"));
        foreach (var input in model?.Inputs ?? [])
            shell.Out.WriteLine($"  input   {input}");
        foreach (var result in model?.Outputs ?? [])
            shell.Out.WriteLine($"  output  {result}");
    }

    private sealed record Choice(bool Int8, IReadOnlyList<string> Calibration, bool Snippets)
    {
        public OnnxExportOptions Options() => new() { Int8 = Int8, CalibrationImages = Calibration.Count > 0 ? InputFiles.Expand(Calibration) : [], Snippets = Snippets };
    }
}
