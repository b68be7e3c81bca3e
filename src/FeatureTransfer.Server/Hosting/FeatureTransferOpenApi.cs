using FeatureTransfer.Server.Models;
using FeatureTransfer.Server.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace FeatureTransfer.Server.Hosting;

/// <summary>Says in the OpenAPI document what the model of the moment reads.</summary>
internal static class FeatureTransferOpenApi
{
    /// <summary>Names the document by the model.</summary>
    public static Task TitleAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        using (context.ApplicationServices.GetRequiredService<ModelHost>().Enter(out var model))
            document.Info = new OpenApiInfo { Title = model.Bundle.Manifest.Name, Version = model.Bundle.Hash[..8] };
        return Task.CompletedTask;
    }

    /// <summary>Describes <c>POST /predict</c>.</summary>
    public static Task Predict(OpenApiOperation operation, IServiceProvider services)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "top",
            In = ParameterLocation.Query,
            Description = "So many labels with the highest scores, in the place of all scores",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" },
        });
        return Embed(operation, services);
    }

    /// <summary>Describes <c>POST /embed</c>.</summary>
    public static Task Embed(OpenApiOperation operation, IServiceProvider services)
    {
        using (services.GetRequiredService<ModelHost>().Enter(out var model))
            operation.RequestBody = Body(new ItemFields(model.Items.Columns));
        return Task.CompletedTask;
    }

    private static OpenApiRequestBody Body(ItemFields fields)
    {
        var item = Item(fields, inJson: true);
        var json = new OpenApiSchema { OneOf = [item, new OpenApiSchema { Type = JsonSchemaType.Array, Items = item }] };
        var content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new OpenApiMediaType { Schema = json },
            ["multipart/form-data"] = new OpenApiMediaType { Schema = Item(fields, inJson: false) },
        };
        if (fields.IsContentAlone)
            content["application/octet-stream"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        if (fields.IsTextAlone)
            content["text/plain"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        return new OpenApiRequestBody { Required = true, Content = content };
    }

    private static OpenApiSchema Item(ItemFields fields, bool inJson) => new()
    {
        Type = JsonSchemaType.Object,
        Required = InputDescription.Of(fields).Select(input => input.Name).ToHashSet(),
        Properties = InputDescription.Of(fields).ToDictionary(input => input.Name, input => (IOpenApiSchema)Member(input.Kind, inJson)),
    };

    private static OpenApiSchema Member(string kind, bool inJson) => kind switch
    {
        "number" => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "float" },
        "text" => new OpenApiSchema { Type = JsonSchemaType.String },
        _ => new OpenApiSchema { Type = JsonSchemaType.String, Format = inJson ? "byte" : "binary", Description = inJson ? "The file's bytes as base64" : "The file" },
    };
}
