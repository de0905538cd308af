resource "aws_api_gateway_rest_api" "described" {
  name = "described"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "described", version = "1" }
    paths = {
      "/reports" = {
        post = {
          responses = { "200" = { description = "sent" } }
          x-amazon-apigateway-integration = {
            type                = "aws"
            httpMethod          = "POST"
            uri                 = "arn:aws:apigateway:${var.region}:sqs:path/${data.aws_caller_identity.current.account_id}/${module.queue["reports"].name}"
            credentials         = aws_iam_role.sender.arn
            passthroughBehavior = "never"
            requestParameters   = { "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'" }
            requestTemplates    = { "application/json" = "Action=SendMessage&MessageBody=$util.urlEncode($input.json('$'))" }
            responses           = { default = { statusCode = "200" } }
          }
        }
      }
    }
  })
}
resource "aws_api_gateway_deployment" "described" {
  rest_api_id = aws_api_gateway_rest_api.described.id
}
resource "aws_api_gateway_stage" "described" {
  rest_api_id   = aws_api_gateway_rest_api.described.id
  deployment_id = aws_api_gateway_deployment.described.id
  stage_name    = "described"
}
