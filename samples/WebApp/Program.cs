using FeatureTransfer;
using FeatureTransfer.Server;
using FeatureTransfer.Serving;
using Microsoft.ML.Data;

// dotnet run -- --model photos.ftm, where photos.ftm is what ft train photos wrote.
var builder = WebApplication.CreateBuilder(args);
var model = builder.Configuration["model"] ?? "photos.ftm";

// One model for all requests: engines are pooled, and a new file in its place is taken up while the app runs.
builder.Services.AddFeatureTransferPredictor<Photo, Verdict>(model);
builder.Services.AddSingleton<Inspection>();

// The same model with endpoints of its own: batches, limits, health.
builder.Services.AddFeatureTransferServer(model, new FeatureTransferServerOptions { MaxBodyBytes = 8 << 20 });

var app = builder.Build();
app.UseRateLimiter();
app.MapFeatureTransfer("/model");
app.MapPost("/parts/{part:int}/photo", (int part, IFormFile photo, Inspection inspection) => inspection.LookAt(part, photo)).DisableAntiforgery();
app.Run();

/// <summary>What the business asks; the model is a detail of it.</summary>
internal sealed class Inspection(ModelPredictor<Photo, Verdict> predictor, ILogger<Inspection> log)
{
    private const float SureEnough = 0.8f;

    public async Task<IResult> LookAt(int part, IFormFile photo)
    {
        using var memory = new MemoryStream();
        await photo.CopyToAsync(memory);
        try
        {
            var score = predictor.Predict(new Photo { Image = memory.ToArray() }).Score;
            var isSure = score.Max() >= SureEnough;
            log.LogInformation("Part {Part}: class {Class}, {Score}", part, Array.IndexOf(score, score.Max()), score.Max());
            return Results.Ok(new { part, scores = score, route = isSure ? "line" : "person" });
        }
        catch (BadInputException exception)
        {
            return Results.Problem(exception.Reason, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}

/// <summary>A row as the model reads it: the bytes of an image, where training had its path.</summary>
internal sealed class Photo
{
    [ColumnName("ImagePath")]
    public byte[] Image { get; set; } = [];

    public string Label { get; set; } = "";
}

/// <summary>What to read of the model's answer.</summary>
internal sealed class Verdict
{
    public float[] Score { get; set; } = [];
}
